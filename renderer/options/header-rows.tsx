import { Plus, X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import type { HeaderRow, OptionPlace } from '../../shared/fal/option-texts.ts';
import { Button } from '../ui/button.tsx';

interface HeaderRowsProps {
  readonly rows: readonly HeaderRow[];
  readonly problems: ReadonlyMap<OptionPlace, string>;
  readonly onChange: (rows: readonly HeaderRow[]) => void;
}

const EMPTY: HeaderRow = { name: '', value: '' };

/** Headers of one's own: a name and a value each. */
export function HeaderRows({ rows, problems, onChange }: HeaderRowsProps): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  const [said, setSaid] = useState('');
  const id = useId();
  const change = (index: number, change: Partial<HeaderRow>): void =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...change } : row)));
  const focusRow = (index: number): void =>
    (list.current?.children[index] ?? list.current?.nextElementSibling)
      ?.querySelector<HTMLElement>('input, button')
      ?.focus();
  const add = (): void => {
    flushSync(() => onChange([...rows, EMPTY]));
    focusRow(rows.length);
  };
  const remove = (index: number): void => {
    const left = rows.filter((_, at) => at !== index);
    flushSync(() => onChange(left));
    setSaid(`Header removed, ${left.length} left`);
    focusRow(Math.min(index, left.length - 1));
  };
  return (
    <div role="group" aria-label="Headers" aria-describedby={id}>
      <p className="flex min-h-8 items-center text-soft">Headers</p>
      <ul ref={list} className="space-y-1.5">
        {rows.map(({ name, value }, index) => {
          const problem = problems.get(`headers/${index}`);
          const problemId = `${id}-${index}`;
          const shared = {
            spellCheck: false,
            autoComplete: 'off',
            'aria-invalid': problem !== undefined,
            'aria-describedby': problem === undefined ? undefined : problemId,
          };
          return (
            // oxlint-disable-next-line react/no-array-index-key -- a row is its place, and its boxes hold nothing of their own
            <li key={index}>
              <div className="flex items-center gap-1.5">
                <input
                  {...shared}
                  aria-label={`Name of header ${index + 1}`}
                  placeholder="name"
                  value={name}
                  onChange={({ target }) => change(index, { name: target.value })}
                  className="field h-8 w-0 flex-2 px-2.5 font-mono text-xs"
                />
                <input
                  {...shared}
                  aria-label={`Value of header ${index + 1}`}
                  placeholder="value"
                  value={value}
                  onChange={({ target }) => change(index, { value: target.value })}
                  className="field h-8 w-0 flex-3 px-2.5 font-mono text-xs"
                />
                <button
                  type="button"
                  aria-label={`Remove header ${index + 1}`}
                  title="Remove"
                  onClick={() => remove(index)}
                  className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-text"
                >
                  <X size={14} aria-hidden />
                </button>
              </div>
              {problem !== undefined && (
                <p id={problemId} role="alert" className="pt-0.5 text-xs text-danger">
                  {problem}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      <div>
        <Button look="quiet" className="-mx-2 h-7 gap-1 px-2" onClick={add}>
          <Plus size={14} aria-hidden />
          Add header
        </Button>
      </div>
      <p id={id} className="pt-0.5 text-xs text-faint">
        Sent along as they are. They are written down with the run: no place for secrets.
      </p>
      <span role="status" className="sr-only">
        {said}
      </span>
    </div>
  );
}
