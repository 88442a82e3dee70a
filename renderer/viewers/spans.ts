import type { RunTimes } from '../../shared/runs/run.ts';

/** A part of a run's time. */
export interface Span {
  readonly name: string;
  /** Milliseconds. */
  readonly length: number;
  /** Its colour, as a class. */
  readonly tone: string;
}

/**
 * Where the time of a run went, in order, up to `now` where it is not over. What fal tells of the inference is a part of the time
 * between start and end, as far as it fits in there: it is by fal's clock.
 */
export function spansOf(times: RunTimes, now: number): readonly Span[] {
  const { created, queued, started, ended, inferenceSeconds } = times;
  const end = ended ?? now;
  const working = started === null ? 0 : end - started;
  const inference = Math.min(working, (inferenceSeconds ?? 0) * 1000);
  const spans: readonly Span[] = [
    { name: 'Sending', length: (queued ?? started ?? end) - created, tone: 'bg-edge/50' },
    { name: 'In queue', length: queued === null ? 0 : (started ?? end) - queued, tone: 'bg-edge' },
    ...(inferenceSeconds === null
      ? [{ name: 'Running and copying', length: working, tone: 'bg-text' }]
      : [
          { name: 'Inference, as fal tells it', length: inference, tone: 'bg-text' },
          { name: 'Starting and copying', length: working - inference, tone: 'bg-faint' },
        ]),
  ];
  return spans.filter((span) => span.length > 0);
}
