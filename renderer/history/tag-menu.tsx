import { Popover } from '@base-ui/react/popover';
import { Check, Minus, Tag } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import type { ReactNode } from 'react';
import type { MarksOf } from '../../shared/history/card.ts';
import { MOST_TAG } from '../../shared/history/most.ts';
import { tidyTag } from '../../shared/history/tag.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { Button } from '../ui/button.tsx';
import { sayError } from '../ui/toasts.tsx';
import { tagRuns } from './actions.ts';
import { shareOf } from './marks-of.ts';

interface TagMenuProps {
  readonly ids: readonly RunId[];
  /** Null until they are read. */
  readonly marks: MarksOf | null;
}

/** Puts tags on runs and takes them off again. */
export function TagMenu({ ids, marks }: TagMenuProps): ReactNode {
  return (
    <Popover.Root>
      <Popover.Trigger
        render={
          <Button className="data-popup-open:bg-hover">
            <Tag size={14} aria-hidden />
            Tag
          </Button>
        }
      />
      <Popover.Portal>
        <Popover.Positioner side="top" align="center" sideOffset={6} className="z-40">
          <Popover.Popup
            // What the keys mean in the list, they do not mean here.
            onKeyDown={(event) => {
              if (event.key !== 'Escape') event.stopPropagation();
            }}
            className="flex max-h-80 w-64 flex-col rounded-lg border border-line bg-raised text-text shadow-float outline-hidden"
          >
            <Popover.Title className="sr-only">Tags</Popover.Title>
            <Tags ids={ids} marks={marks} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Tags({ ids, marks }: TagMenuProps): ReactNode {
  const [known, setKnown] = useState<readonly string[]>([]);
  const [text, setText] = useState('');
  const id = useId();
  useEffect(() => {
    void ask('history.facets', { text: '' }).then((answer) => {
      if (!answer.ok) return sayError(answer.error);
      // Those put on meanwhile are not among them.
      return setKnown((before) => [...new Set([...before, ...answer.value.tags.map(({ value }) => value)])]);
    });
  }, []);
  const counts = new Map(marks?.tags.map(({ tag, count }) => [tag, count]));
  const wanted = tidyTag(text);
  const fitting = known.filter((tag) => wanted === null || tag.includes(wanted));
  const add = (): void => {
    if (wanted === null) return;
    setKnown((before) => [...new Set([wanted, ...before])]);
    setText('');
    void tagRuns(ids, wanted, true);
  };
  return (
    <>
      <form
        className="p-2"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <label htmlFor={id} className="sr-only">
          Add a tag
        </label>
        <input
          id={id}
          value={text}
          maxLength={MOST_TAG}
          placeholder="Add a tag"
          onChange={(event) => setText(event.currentTarget.value)}
          className="field h-8 w-full px-2.5"
        />
      </form>
      {marks !== null && fitting.length > 0 && (
        <ul aria-label="Known tags" className="min-h-0 overflow-y-auto px-1 pb-1">
          {fitting.map((tag) => (
            <li key={tag}>
              <TagSwitch ids={ids} tag={tag} share={shareOf(counts.get(tag) ?? 0, marks)} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface TagSwitchProps {
  readonly ids: readonly RunId[];
  readonly tag: string;
  readonly share: ReturnType<typeof shareOf>;
}

function TagSwitch({ ids, tag, share }: TagSwitchProps): ReactNode {
  const all = share === 'all';
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={all ? true : share === 'some' ? 'mixed' : false}
      onClick={() => void tagRuns(ids, tag, !all)}
      className="flex min-h-7 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-hover"
    >
      <span className="flex size-4 shrink-0 items-center justify-center rounded-sm border border-edge">
        {all ? <Check size={12} aria-hidden /> : share === 'some' && <Minus size={12} aria-hidden />}
      </span>
      <span className="truncate">{tag}</span>
    </button>
  );
}
