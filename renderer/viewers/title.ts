import type { Run, StoredMedia } from '../../shared/runs/run.ts';

export { textOf, titleOf } from '../../shared/runs/title.ts';

/** The address of a stored file on the app's own origin. */
export const mediaUrl = (media: Pick<StoredMedia, 'sha256'>): string => `/media/${media.sha256}`;

export const storedMedia = (run: Run): readonly StoredMedia[] =>
  run.media.filter((item) => item.kind === 'stored');
