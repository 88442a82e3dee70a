import { useEffect, useId, useState } from 'react';
import type { ReactNode } from 'react';
import { LIMIT_CURRENCY } from '../../shared/money/limits.ts';
import type { Limits, Period } from '../../shared/money/limits.ts';
import type { Spending as Sums } from '../../shared/ipc/money.ts';
import type { MoneySum } from '../../shared/money/sum.ts';
import { amountWords } from '../../shared/money/words.ts';
import { listen } from '../bridge.ts';
import { readLimit } from '../money/read-limit.ts';
import { useSpending } from '../stores/spending.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Group } from './group.tsx';

/** Models shown before the rest is asked for. */
const FEW = 6;

/** What was spent on runs, and the limits that ask before more is. */
export function Spending(): ReactNode {
  const spending = useSpending((state) => state.spending);
  const error = useSpending((state) => state.error);
  const load = useSpending((state) => state.load);
  useEffect(() => {
    void load();
    return listen('money.changed', () => void load());
  }, [load]);
  return (
    <Group
      title="Spending"
      text="What fal charged for the runs of this computer, and where it did not say, what was estimated. Realtime sessions are not in it. Above a limit you are asked before anything is sent."
    >
      {error !== null && (
        <ErrorNote error={error} action={<Button onClick={() => void load()}>Try again</Button>} />
      )}
      {spending !== null && (
        <div className="divide-y divide-line rounded-lg border border-line bg-panel">
          <div className="grid grid-cols-2 divide-x divide-line max-[720px]:grid-cols-1 max-[720px]:divide-x-0 max-[720px]:divide-y">
            <PeriodBox title="Today" period="day" sum={spending.today} limits={spending.limits} />
            <PeriodBox title="This month" period="month" sum={spending.month} limits={spending.limits} />
          </div>
          {spending.models.length > 0 && <ByModel models={spending.models} />}
        </div>
      )}
    </Group>
  );
}

interface PeriodBoxProps {
  readonly title: string;
  readonly period: Period;
  readonly sum: MoneySum;
  readonly limits: Limits;
}

function PeriodBox({ title, period, sum, limits }: PeriodBoxProps): ReactNode {
  const others = sum.known.filter(({ currency }) => currency !== LIMIT_CURRENCY);
  return (
    <div className="space-y-3 p-4">
      <div>
        <h3 className="text-soft">{title}</h3>
        <p className="tabular text-lg">{amountWords(dollarsOf(sum))}</p>
        <p className="tabular min-h-5 text-faint">
          {[
            ...others.map((amount) => `and ${amountWords(amount)}, which no limit counts`),
            ...(sum.unknown > 0 ? [unknownWords(sum.unknown)] : []),
          ].join('; ')}
        </p>
      </div>
      <LimitField period={period} limits={limits} />
    </div>
  );
}

const dollarsOf = (sum: MoneySum) =>
  sum.known.find(({ currency }) => currency === LIMIT_CURRENCY) ?? { amount: 0, currency: LIMIT_CURRENCY };

const unknownWords = (count: number): string => `${count} ${count === 1 ? 'run' : 'runs'} of unknown cost`;

type Said = { readonly kind: 'nothing' | 'set' } | { readonly kind: 'wrong'; readonly words: string };

const LABELS: Readonly<Record<Period, string>> = { day: 'Daily limit', month: 'Monthly limit' };

/** A limit in dollars. It is set when the box is left or Enter pressed, and not at every key: half a number is another limit. */
function LimitField({ period, limits }: { readonly period: Period; readonly limits: Limits }): ReactNode {
  const setLimits = useSpending((state) => state.setLimits);
  const [typed, setTyped] = useState<string | null>(null);
  const [said, setSaid] = useState<Said>({ kind: 'nothing' });
  const id = useId();
  const kept = limits[period];
  const take = async (): Promise<void> => {
    if (typed === null) return;
    const limit = readLimit(typed);
    if (limit === undefined)
      return setSaid({
        kind: 'wrong',
        words: 'Write dollars, such as 5 or 2.50, or leave it empty for no limit.',
      });
    if (limit === kept) {
      setTyped(null);
      return setSaid({ kind: 'nothing' });
    }
    const error = await setLimits({ ...limits, [period]: limit });
    if (error !== null) return setSaid({ kind: 'wrong', words: `${error.title}. ${error.hint}` });
    setTyped(null);
    setSaid({ kind: 'set' });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void take();
      }}
    >
      <label htmlFor={id} className="block pb-1 text-soft">
        {LABELS[period]}
      </label>
      <div className="flex items-center gap-2">
        <span aria-hidden className="text-faint">
          $
        </span>
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          placeholder="no limit"
          value={typed ?? (kept === null ? '' : String(kept))}
          aria-invalid={said.kind === 'wrong'}
          aria-describedby={`${id}-said`}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setSaid({ kind: 'nothing' });
          }}
          onBlur={() => void take()}
          className="field tabular h-8 w-28 px-2.5"
        />
      </div>
      <p
        id={`${id}-said`}
        role="status"
        className={`min-h-5 pt-1 ${said.kind === 'wrong' ? 'text-danger' : 'text-faint'}`}
      >
        {said.kind === 'wrong' && said.words}
        {said.kind === 'set' && (kept === null ? 'No limit.' : 'Set.')}
      </p>
    </form>
  );
}

function ByModel({ models }: Pick<Sums, 'models'>): ReactNode {
  const [all, setAll] = useState(false);
  const shown = all ? models : models.slice(0, FEW);
  return (
    <div className="px-4 py-3">
      <table className="tabular w-full text-left">
        <caption className="sr-only">Spent by model</caption>
        <thead className="text-soft">
          <tr>
            <th scope="col" className="py-1 font-normal">
              Model
            </th>
            <th scope="col" className="py-1 text-right font-normal">
              Today
            </th>
            <th scope="col" className="py-1 text-right font-normal">
              This month
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ endpointId, today, month }) => (
            <tr key={endpointId}>
              <th scope="row" className="max-w-0 truncate py-1 pr-4 font-mono text-xs font-normal">
                {endpointId}
              </th>
              <SumCell sum={today} />
              <SumCell sum={month} />
            </tr>
          ))}
        </tbody>
      </table>
      {models.length > FEW && (
        <Button look="quiet" className="-ml-3" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${models.length}`}
        </Button>
      )}
    </div>
  );
}

/** Blank where nothing is known or nothing ran. */
function SumCell({ sum }: { readonly sum: MoneySum }): ReactNode {
  const known = sum.known.map(amountWords).join(' + ');
  const unknown = sum.unknown > 0 && `${sum.unknown} unknown`;
  return (
    <td className="w-40 py-1 text-right align-top whitespace-nowrap">
      {known}
      {unknown !== false && <span className="text-faint">{known === '' ? unknown : ` + ${unknown}`}</span>}
    </td>
  );
}
