import { useContext, useId, useMemo } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { flushSync } from 'react-dom';
import type { JsonValue } from '../../shared/json.ts';
import type { Field } from '../../shared/schema/field.ts';
import { isWithin, pointerOf } from '../../shared/schema/path.ts';
import type { Path } from '../../shared/schema/path.ts';
import { InnerField } from './inner-field.tsx';
import { UnreadContext } from './unread.ts';

interface MapRowProps {
  readonly field: Field;
  readonly path: Path;
  readonly placeOf: (name: string) => string;
  readonly name: string;
  readonly value: JsonValue | undefined;
  readonly isTaken: (name: string) => boolean;
  readonly onRename: (from: string, to: string) => void;
  readonly removeButton: ReactNode;
}

/**
 * A name and its value. A name counts once it is left or Enter is pressed; one that is taken or empty stays as typed, says
 * why, and keeps the request from being sent.
 */
export function MapRow(props: MapRowProps): ReactNode {
  const { field, path, placeOf, name, value, isTaken, onRename, removeButton } = props;
  const unread = useContext(UnreadContext);
  const place = pointerOf(path);
  const box = `${place}/#name`;
  const typed = unread.texts[box] ?? null;
  const named = useMemo(() => ({ ...field, label: `Value of ${name}`, help: '' }), [field, name]);
  const problemId = useId();
  const problem = typed === null ? null : nameProblem(typed, isTaken);
  const commit = (): void => {
    if (typed === null || problem !== null) return;
    unread.set(box, null);
    if (typed === name) return;
    const inside = Object.entries(unread.texts).filter(([key]) => key !== box && isWithin(key, place));
    onRename(name, typed);
    // What is half written in the entry is the entry's, whatever it is called.
    for (const [key, text] of inside) {
      unread.set(key, null);
      unread.set(placeOf(typed) + key.slice(place.length), text);
    }
  };
  const onKeyDown = ({ key, currentTarget }: KeyboardEvent<HTMLInputElement>): void => {
    if (key !== 'Enter') return;
    flushSync(commit);
    currentTarget.focus();
  };
  return (
    <li>
      <div className="flex min-w-0 items-start gap-1.5">
        <input
          aria-label={`Name of ${name}`}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : problemId}
          spellCheck={false}
          value={typed ?? name}
          onChange={({ target }) => unread.set(box, target.value)}
          onBlur={commit}
          onKeyDown={onKeyDown}
          className="field h-8 w-0 max-w-40 flex-2 px-2.5 font-mono text-xs"
        />
        <div className="min-w-0 flex-3">
          <InnerField field={named} path={path} value={value} look="bare" />
        </div>
        {removeButton}
      </div>
      {problem !== null && (
        <p id={problemId} role="alert" className="pt-1 text-danger">
          {problem}
        </p>
      )}
    </li>
  );
}

function nameProblem(name: string, isTaken: (name: string) => boolean): string | null {
  if (name === '') return 'A name is needed';
  return isTaken(name) ? `“${name}” is there already` : null;
}
