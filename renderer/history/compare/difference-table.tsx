import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { differencesOf } from '../../../shared/history/differences.ts';
import type { Difference } from '../../../shared/history/differences.ts';
import { isJsonObject, stringifyJson } from '../../../shared/json.ts';
import type { JsonValue } from '../../../shared/json.ts';
import { amountWords } from '../../../shared/money/words.ts';
import { referencedSha } from '../../../shared/media/reference.ts';
import { costOf } from '../../../shared/runs/cost.ts';
import type { Run } from '../../../shared/runs/run.ts';
import { pathText } from '../../viewers/json-path.ts';
import { duration, stateWords } from '../../viewers/words.ts';
import { changedWords } from './changed-words.ts';
import { GivenFile } from './given-file.tsx';
import { MarkedWords } from './marked-words.tsx';

/** Characters of a value that are shown. */
const MOST_SHOWN = 2000;

interface DifferenceTableProps {
  readonly runs: readonly Run[];
  readonly names: readonly string[];
}

/** What the requests differ in, and what came of each. Not drawn anew while pictures over it are moved. */
export const DifferenceTable = memo(function DifferenceTable({
  runs,
  names,
}: DifferenceTableProps): ReactNode {
  const [open, setOpen] = useState(true);
  const [all, setAll] = useState(false);
  const { differing, equal } = useMemo(() => differencesOf(runs.map(({ input }) => input)), [runs]);
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <section
      aria-label="What differs"
      className="flex max-h-[38%] shrink-0 flex-col border-t border-line bg-panel"
    >
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex h-8 shrink-0 items-center gap-1 px-3 text-left hover:bg-hover"
      >
        <Chevron size={14} aria-hidden className="text-faint" />
        {headline(differing.length)}
      </button>
      {open && (
        <div
          // A scrolled region must be reachable by keyboard.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          role="region"
          aria-label="Table of what differs"
          className="min-h-0 flex-1 overflow-auto px-3 pb-3 focus-visible:outline-offset-[-2px]"
        >
          <table className="tabular w-full table-fixed border-collapse text-left [&_td]:border-t [&_td]:border-line [&_td]:px-2 [&_td]:py-1 [&_td]:align-top [&_th]:px-2 [&_th]:py-1 [&_th]:align-top [&_th]:font-normal">
            <colgroup>
              <col className="w-36" />
              {runs.map(({ id }) => (
                <col key={id} />
              ))}
            </colgroup>
            <thead className="sticky top-0 bg-panel text-soft">
              <tr>
                <th scope="col">
                  <span className="sr-only">Input</span>
                </th>
                {runs.map(({ id }, index) => (
                  <th key={id} scope="col" className="truncate" title={names[index]}>
                    {index + 1}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {differing.map((difference) => (
                <InputRow key={pathText(difference.path)} {...difference} runs={runs} />
              ))}
              {FACTS.map(([name, of]) => (
                <Fact key={name} name={name} values={runs.map(of)} />
              ))}
              {all && equal.map((same) => <InputRow key={pathText(same.path)} {...same} runs={runs} />)}
            </tbody>
          </table>
          {equal.length > 0 && (
            <button
              type="button"
              aria-expanded={all}
              onClick={() => setAll(!all)}
              className="mt-1 h-7 rounded-md px-2 text-soft hover:bg-hover hover:text-text"
            >
              {all ? 'Hide what is equal' : `${equal.length} equal`}
            </button>
          )}
        </div>
      )}
    </section>
  );
});

const headline = (count: number): string =>
  count === 0 ? 'The requests are equal' : `${count} ${count === 1 ? 'input differs' : 'inputs differ'}`;

/** "–" where there is none. */
const FACTS: readonly (readonly [name: string, of: (run: Run) => string])[] = [
  ['Model', ({ endpointId }) => endpointId],
  ['State', ({ state }) => stateWords(state)],
  ['Seed of the result', ({ output }) => seedIn(output)],
  ['Time', ({ times }) => (times.ended === null ? '–' : duration(times.ended - times.created))],
  ['Cost', ({ money }) => costWords(costOf(money))],
  ['Made', ({ times }) => new Date(times.created).toLocaleString()],
];

const costWords = (cost: ReturnType<typeof costOf>): string => (cost === null ? '–' : amountWords(cost));

function seedIn(output: JsonValue): string {
  const seed = isJsonObject(output) ? output['seed'] : undefined;
  return typeof seed === 'number' || typeof seed === 'bigint' ? String(seed) : '–';
}

function Fact({ name, values }: { readonly name: string; readonly values: readonly string[] }): ReactNode {
  // What none of them has needs no line, nor what goes without saying.
  if (values.every((value) => value === '–' || value === 'Done')) return null;
  return (
    <tr>
      <th scope="row" className="border-t border-line text-soft">
        {name}
      </th>
      {values.map((value, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the place of its run
        <td key={index} className="break-words select-text">
          {value}
        </td>
      ))}
    </tr>
  );
}

function InputRow({ path, values, runs }: Difference & { readonly runs: readonly Run[] }): ReactNode {
  const [first, second] = values;
  const two = values.length === 2;
  const words = useMemo(
    () =>
      two && typeof first === 'string' && typeof second === 'string' && first !== second
        ? changedWords(first.slice(0, MOST_SHOWN), second.slice(0, MOST_SHOWN))
        : null,
    [two, first, second],
  );
  return (
    <tr>
      <th scope="row" className="border-t border-line font-mono text-xs leading-5 break-words">
        {pathText(path)}
      </th>
      {runs.map(({ id }, index) => {
        const stretches = words?.[index];
        return (
          <td key={id} className="break-words whitespace-pre-wrap select-text">
            {/* Words marked all through say nothing. */}
            {stretches?.some(({ changed }) => !changed) ? (
              <MarkedWords stretches={stretches} />
            ) : (
              <Value value={values[index]} />
            )}
          </td>
        );
      })}
    </tr>
  );
}

function Value({ value }: { readonly value: JsonValue | undefined }): ReactNode {
  if (value === undefined) return <span className="text-faint">not set</span>;
  if (typeof value !== 'string') {
    const text = stringifyJson(value);
    return <span className="font-mono text-xs">{shortened(text)}</span>;
  }
  const sha256 = referencedSha(value);
  if (sha256 !== null) return <GivenFile sha256={sha256} />;
  return value === '' ? <span className="text-faint">empty</span> : shortened(value);
}

const shortened = (text: string): string =>
  text.length > MOST_SHOWN
    ? `${text.slice(0, MOST_SHOWN)}… (${(text.length - MOST_SHOWN).toLocaleString()} more characters)`
    : text;
