import type { Run, StoredMedia } from '../../shared/runs/run.ts';
import { versionOf } from './media-versions.ts';

export { textOf, titleOf } from '../../shared/runs/title.ts';

/** The address of a stored file on the app's own origin. */
export function mediaUrl({ sha256 }: Pick<StoredMedia, 'sha256'>): string {
  const version = versionOf(sha256);
  return `/media/${sha256}${version === 0 ? '' : `?${version}`}`;
}

export const storedMedia = (run: Run): readonly StoredMedia[] =>
  run.media.filter((item) => item.kind === 'stored');
