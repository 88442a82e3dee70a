import { PLAIN } from '../../shared/runs/asked.ts';
import { fullPath } from '../../shared/fal/endpoint-id.ts';
import type { EndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { isJsonObject } from '../../shared/json.ts';
import { extensionFor } from '../../shared/media/file-name.ts';
import { mediaReference } from '../../shared/media/reference.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Run, RunMedia } from '../../shared/runs/run.ts';
import type { History } from '../history/history.ts';
import type { InputFiles } from '../history/input-files.ts';
import { withoutBytes } from '../fal/realtime/codec.ts';
import { saveMedia } from '../runs/save-media.ts';
import type { FetchFile } from '../runs/save-media.ts';
import type { ShownFrame } from './live-session.ts';
import { bytesIn } from './picture.ts';
import { justCreated } from '../runs/stamp.ts';

export interface KeepOptions {
  readonly history: Pick<History, 'newId' | 'putRun'>;
  readonly files: Pick<InputFiles, 'add'>;
  /** For pictures that the answer only names. */
  readonly fetchFile: FetchFile;
}

/**
 * Writes a live picture and its whole input to the history, as a run that succeeded at once: it looks, is found and opens
 * like any other. The files are whole on the disk before the row speaks of them.
 */
export async function keepFrame(
  shown: ShownFrame,
  endpoint: EndpointId,
  profileId: string,
  { history, files, fetchFile }: KeepOptions,
): Promise<Result<Run, AppError>> {
  const names = new Map<Uint8Array, string>();
  const media: RunMedia[] = [];
  for (const { path, bytes, contentType, width, height } of bytesIn(shown.output)) {
    const fileName = `live-${shown.frame}.${extensionFor(contentType)}`;
    const added = await files.add({ bytes, fileName });
    if (!added.ok) return added;
    names.set(bytes, mediaReference(added.value.sha256));
    media.push({
      kind: 'stored',
      path: [...path],
      medium: added.value.contentType.startsWith('image/') ? 'image' : 'file',
      sha256: added.value.sha256,
      contentType: added.value.contentType,
      bytes: added.value.bytes,
      width,
      height,
      fileName: added.value.fileName,
      url: '',
    });
  }
  const named = withoutBytes(shown.output, (bytes) => names.get(bytes) ?? null);
  const saved = await saveMedia(named, fetchFile, () => Promise.resolve());
  const now = Date.now();
  try {
    const run: Run = {
      id: await history.newId(now),
      endpointId: fullPath(endpoint),
      profileId,
      requestId: requestIdOf(saved.output),
      origin: 'live',
      ...PLAIN,
      input: shown.input,
      output: saved.output,
      media: [...media, ...saved.media],
      times: { ...justCreated(now), ended: now, inferenceSeconds: shown.serverSeconds },
      state: { kind: 'succeeded' },
    };
    await history.putRun(run);
    return ok(run);
  } catch (error) {
    return fail(
      appError('storage', 'The frame could not be written to the history', {
        detail: error instanceof Error ? error.message : String(error),
        hint: 'The session goes on. Make room on the disk, then keep it again.',
      }),
    );
  }
}

/** Some models tell one (fal-protocol §7.5); ours, by which answers are told apart, is no id of fal's. */
function requestIdOf(output: Run['output']): string | null {
  const id = isJsonObject(output) ? output['request_id'] : undefined;
  return typeof id === 'string' && id !== '' && !id.startsWith('live-') ? id : null;
}
