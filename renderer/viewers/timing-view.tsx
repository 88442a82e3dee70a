import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Run } from '../../shared/runs/run.ts';
import { METHOD_NAMES } from '../options/words.ts';
import { IconButton } from '../ui/button.tsx';
import { useNow } from '../ui/use-now.ts';
import { copy } from './json-foot.tsx';
import { moneyFacts } from './money-facts.ts';
import { callOf } from './run-call.ts';
import { recordKeptWords } from './kept-there.ts';
import { spansOf } from './spans.ts';
import { duration } from './words.ts';

/** Where the time of a run went, as one bar and its figures, and what was asked of fal. */
export function TimingView({ run }: { readonly run: Run }): ReactNode {
  const { created, ended } = run.times;
  const now = useNow(ended === null);
  const total = Math.max((ended ?? now) - created, 1);
  const spans = spansOf(run.times, now);
  return (
    <div
      // A scrolled region must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label="Timing"
      className="min-h-0 flex-1 overflow-y-auto p-6 focus-visible:outline-offset-[-2px]"
    >
      <div className="mx-auto max-w-xl space-y-6">
        <div className="flex h-2 gap-px overflow-hidden rounded-full" aria-hidden>
          {spans.map((span) => (
            <div
              key={span.name}
              className={`min-w-0.5 ${span.tone}`}
              style={{ width: `${(span.length / total) * 100}%` }}
            />
          ))}
        </div>
        <Facts>
          <Row name="Started" value={new Date(created).toLocaleString()} />
          {spans.map((span) => (
            <Row key={span.name} name={span.name} value={duration(span.length)} tone={span.tone} />
          ))}
          <Row name="In all" value={ended === null ? 'not over yet' : duration(total)} />
        </Facts>
        <Paid run={run} />
        <Call run={run} now={now} />
      </div>
    </div>
  );
}

function Paid({ run }: { readonly run: Run }): ReactNode {
  const facts = moneyFacts(run.money);
  if (facts.length === 0) return null;
  return (
    <section aria-label="What it costs" className="border-t border-line pt-4">
      <Facts>
        {facts.map(([name, value]) => (
          <Row key={name} name={name} value={value} />
        ))}
      </Facts>
    </section>
  );
}

/** What was sent; its body and the answer stand in the JSON tab. */
function Call({ run, now }: { readonly run: Run; readonly now: number }): ReactNode {
  const { host, path, headers } = callOf(run);
  const kept = recordKeptWords(run, now);
  return (
    <section aria-label="The call" className="border-t border-line pt-4">
      <Facts>
        <Row name="Model" value={run.endpointId} mono />
        {run.requestId !== null && (
          <Row name="Request id" value={run.requestId} mono copied="Request id copied" />
        )}
        {kept !== null && <Row name="fal’s own record" value={kept} />}
        {run.origin === 'queue' && (
          <>
            <Row name="Method" value={METHOD_NAMES[run.method]} />
            <Row name="Sent to" value={`POST ${host}${path}`} mono />
          </>
        )}
        {headers.map(([name, value]) => (
          <Row key={name} name={name} value={value} mono />
        ))}
      </Facts>
    </section>
  );
}

const Facts = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <dl className="tabular grid grid-cols-[11rem_1fr] items-center gap-x-6 gap-y-2">{children}</dl>
);

interface RowProps {
  readonly name: string;
  readonly value: string;
  readonly tone?: string;
  readonly mono?: boolean;
  /** What is said when it was copied; without it there is nothing to press. */
  readonly copied?: string;
}

function Row({ name, value, tone, mono = false, copied }: RowProps): ReactNode {
  return (
    <>
      <dt className="flex items-center gap-2 self-start text-soft">
        {tone !== undefined && <span aria-hidden className={`size-2 rounded-full ${tone}`} />}
        {name}
      </dt>
      <dd className="flex min-w-0 items-center gap-1">
        <span className={mono ? 'font-mono text-xs leading-5 break-all select-text' : ''}>{value}</span>
        {copied !== undefined && (
          <IconButton
            label={`Copy the ${name.toLowerCase()}`}
            className="-my-1 size-6"
            onClick={() => void copy(value, copied)}
          >
            <Copy size={13} aria-hidden />
          </IconButton>
        )}
      </dd>
    </>
  );
}
