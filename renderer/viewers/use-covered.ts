import { isFlagged } from '../../shared/media/nsfw.ts';
import type { Run, RunMedia } from '../../shared/runs/run.ts';
import { useUncovered } from '../stores/uncovered.ts';

/** Whether a file of a run is to be blurred: its model marked it, and nobody has asked to see it in this session. */
export function useCovered(
  run: Pick<Run, 'id' | 'output'>,
  file: Pick<RunMedia, 'path'> | undefined,
): boolean {
  const asked = useUncovered((state) => state.runs.has(run.id));
  return !asked && file !== undefined && isFlagged(run.output, file.path);
}
