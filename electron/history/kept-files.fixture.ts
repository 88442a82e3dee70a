import { createHash } from 'node:crypto';
import { resultFiles } from '../runs/fetch-file.ts';
import type { Run, StoredMedia } from '../../shared/runs/run.ts';
import { never, serve } from '../fal/fal.fixture.ts';
import { aRun, tempHistory } from './history.fixture.ts';
import { MediaStore } from './media-store.ts';

/** What the tests of kept files share; nothing the app ships imports it. */

export const sha = (bytes: string): string => createHash('sha256').update(bytes).digest('hex');

/** A real database and store, and a server that has a file at each path of `served`, and 404 at all others. */
export async function keptFiles() {
  const { history, dir } = await tempHistory();
  const media = new MediaStore(dir, { tries: 1, base: 1, cap: 1 });
  await media.open();
  const served = new Map<string, string>();
  const server = await serve((response, { url }) => {
    const bytes = served.get(url.slice(1));
    response.writeHead(bytes === undefined ? 404 : 200, { 'content-type': 'text/plain' }).end(bytes);
  });
  const fetchFile = resultFiles({
    media: { fetch: (url, options) => media.fetch(url, { ...options, replace: true }) },
    history,
    fetch: globalThis.fetch,
    isOwnAddress: () => true,
  });
  const fetchAgain = (profileId: string, url: string, type: string) =>
    fetchFile(profileId, url, type, never());

  /** A run that is over and brought these files, each of its name as its bytes unless `served` says others. */
  const brought = async (id: number, names: readonly string[], over: Partial<Run> = {}): Promise<Run> => {
    const items: StoredMedia[] = [];
    for (const name of names) {
      const bytes = served.get(name) ?? name;
      served.set(name, bytes);
      const url = `${server.url}/${name}`;
      const file = await fetchAgain('local', url, 'text/plain');
      if (!file.ok) throw new Error(file.error.detail);
      items.push({
        kind: 'stored',
        path: [name],
        medium: 'file',
        width: null,
        height: null,
        fileName: `${name}.txt`,
        url,
        ...file.value,
      });
    }
    const run = aRun(id, { media: items, state: { kind: 'succeeded' }, ...over });
    await history.putRun(run);
    return run;
  };
  return { history, dir, media, served, fetchAgain, brought };
}
