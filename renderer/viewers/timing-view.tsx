import type { ReactNode } from 'react';
import type { Run } from '../../shared/runs/run.ts';
import { useNow } from '../ui/use-now.ts';
import { duration } from './words.ts';

interface Span {
  readonly name: string;
  /** Milliseconds. */
  readonly length: number;
  readonly tone: string;
}

/** Where the time of a run went, as one bar and its figures. */
export function TimingView({ run }: { readonly run: Run }): ReactNode {
  const { created, queued, started, ended, inferenceSeconds } = run.times;
  const now = useNow(ended === null);
  const end = ended ?? now;
  const spans: Span[] = [
    { name: 'Sending', length: (queued ?? end) - created, tone: 'bg-pressed' },
    ...(queued === null ? [] : [{ name: 'In queue', length: (started ?? end) - queued, tone: 'bg-edge' }]),
    ...(started === null ? [] : [{ name: 'Running and copying', length: end - started, tone: 'bg-text' }]),
  ].filter((span) => span.length > 0);
  const total = Math.max(end - created, 1);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-6">
      <div className="mx-auto max-w-xl space-y-6">
        <div className="flex h-2 gap-px overflow-hidden rounded-full" aria-hidden>
          {spans.map((span) => (
            <div key={span.name} className={span.tone} style={{ width: `${(span.length / total) * 100}%` }} />
          ))}
        </div>
        <dl className="tabular grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
          <Row name="Started" value={new Date(created).toLocaleString()} />
          {spans.map((span) => (
            <Row key={span.name} name={span.name} value={duration(span.length)} tone={span.tone} />
          ))}
          <Row name="In all" value={ended === null ? 'not over yet' : duration(total)} />
          {inferenceSeconds !== null && (
            <Row name="Inference, as fal tells it" value={duration(inferenceSeconds * 1000)} />
          )}
          <Row name="Model" value={run.endpointId} mono />
          {run.requestId !== null && <Row name="Request id" value={run.requestId} mono />}
        </dl>
      </div>
    </div>
  );
}

interface RowProps {
  readonly name: string;
  readonly value: string;
  readonly tone?: string;
  readonly mono?: boolean;
}

function Row({ name, value, tone, mono = false }: RowProps): ReactNode {
  return (
    <>
      <dt className="flex items-center gap-2 text-soft">
        {tone !== undefined && <span aria-hidden className={`size-2 rounded-full ${tone}`} />}
        {name}
      </dt>
      <dd className={mono ? 'font-mono text-xs break-all select-text' : ''}>{value}</dd>
    </>
  );
}
