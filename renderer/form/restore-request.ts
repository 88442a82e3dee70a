import type { FileRequest } from '../../shared/ipc/pictures.ts';
import { sizeProblem } from '../../shared/media/input.ts';
import { ask } from '../bridge.ts';
import { backTo } from '../models/take-paste.ts';
import { useApp } from '../stores/app.ts';
import { usePlayground } from '../stores/playground.ts';
import { useRuns } from '../stores/runs.ts';
import { sayError, sayProblem } from '../ui/toasts.tsx';
import { openWith } from './begin-with.ts';
import { takeOver } from './take-over.ts';

/** Opens the request that a picture, or another file of a result, came of; says so where there is none. */
export async function restoreRequest(file: File): Promise<void> {
  const problem = sizeProblem(file.size);
  if (problem !== null) return sayProblem(`“${file.name}” was not read`, problem);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return sayProblem(
      `“${file.name}” cannot be read`,
      'It is a folder, or it was moved. Nothing was changed.',
    );
  }
  const answer = await ask('pictures.request', { bytes });
  if (!answer.ok) return sayError(answer.error);
  switch (answer.value.kind) {
    case 'none':
      return sayProblem(
        `“${file.name}” holds no request`,
        'Results of this computer do, and PNG pictures that were saved with theirs. Nothing was changed.',
      );
    case 'run': {
      const { run } = answer.value;
      useRuns.getState().know([run]);
      useApp.getState().go('playground');
      return takeOver(run, `Filled from the run that made “${file.name}”`);
    }
    case 'request':
      return openTold(answer.value, file.name);
  }
}

async function openTold(
  { endpointId, input, seed, filesLeftOut }: Extract<FileRequest, { kind: 'request' }>,
  fileName: string,
): Promise<void> {
  const playground = usePlayground.getState();
  const left = filesLeftOut === 1 ? 'One file was' : `${filesLeftOut} files were`;
  const details = [
    ...(seed === null || input['seed'] !== undefined ? [] : [`It was made with seed ${seed}.`]),
    ...(filesLeftOut === 0 ? [] : [`${left} left where it was made: choose another.`]),
  ];
  useApp.getState().go('playground');
  await openWith(
    {
      endpointId,
      input,
      said: `Filled ${endpointId} from the request in “${fileName}”`,
      detail: details.length === 0 ? undefined : details.join(' '),
      back: backTo(playground.endpointId, endpointId),
    },
    () => playground.open(endpointId, input),
  );
}

/** Asks for the file. */
export function chooseToRestore(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file !== undefined) void restoreRequest(file);
  });
  input.click();
}
