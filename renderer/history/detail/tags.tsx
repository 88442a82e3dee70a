import { Autocomplete } from '@base-ui/react/autocomplete';
import { Plus, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { MOST_TAG } from '../../../shared/history/most.ts';
import { tidyTag } from '../../../shared/history/tag.ts';
import type { RunId } from '../../../shared/runs/run.ts';
import { ask } from '../../bridge.ts';
import { sayError } from '../../ui/toasts.tsx';
import { useKnownTags } from './use-known-tags.ts';

interface TagsProps {
  readonly id: RunId;
  readonly tags: readonly string[];
  readonly onFind: (tag: string) => void;
}

/** The tags of a run: each leads to all runs that have it; any can be taken off, and others added. */
export function Tags({ id, tags, onFind }: TagsProps): ReactNode {
  const [adding, setAdding] = useState(false);
  const plus = useRef<HTMLButtonElement>(null);
  const set = async (tag: string, on: boolean): Promise<void> => {
    const answer = await ask('history.tag', { ids: [id], tag, on });
    if (!answer.ok) sayError(answer.error);
  };
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-1.5">
      <ul aria-label="Tags" className="contents">
        {tags.map((tag) => (
          <li key={tag} className="flex h-6 max-w-full items-center rounded-full bg-pressed pl-2.5 text-xs">
            <button
              type="button"
              title={`Show all runs tagged “${tag}”`}
              onClick={() => onFind(tag)}
              className="truncate rounded-sm hover:underline"
            >
              {tag}
            </button>
            <button
              type="button"
              aria-label={`Remove the tag ${tag}`}
              onClick={() => {
                plus.current?.focus();
                void set(tag, false);
              }}
              className="ml-1 flex size-6 items-center justify-center rounded-full text-soft hover:bg-hover hover:text-text"
            >
              <X size={12} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      {adding ? (
        <AddTag
          taken={tags}
          onAdd={(tag) => void set(tag, true)}
          onDone={(focus) => {
            setAdding(false);
            if (focus) requestAnimationFrame(() => plus.current?.focus());
          }}
        />
      ) : (
        <button
          ref={plus}
          type="button"
          onClick={() => setAdding(true)}
          className="flex h-6 items-center gap-1 rounded-full border border-line px-2.5 text-xs text-soft hover:border-edge hover:text-text"
        >
          <Plus size={12} aria-hidden />
          Add a tag
        </button>
      )}
    </div>
  );
}

interface AddTagProps {
  readonly taken: readonly string[];
  readonly onAdd: (tag: string) => void;
  readonly onDone: (focus: boolean) => void;
}

/** A tag that is written or chosen among those that exist; stays for the next until it is left. */
function AddTag({ taken, onAdd, onDone }: AddTagProps): ReactNode {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const known = useKnownTags();
  const found = useMemo(() => {
    const wanted = tidyTag(text) ?? '';
    return known.filter((tag) => tag.includes(wanted) && !taken.includes(tag)).slice(0, 8);
  }, [known, taken, text]);
  const add = (tag: string | null): void => {
    if (tag === null) return;
    setText('');
    onAdd(tag);
  };
  return (
    <Autocomplete.Root
      items={found}
      mode="none"
      openOnInputClick
      // An empty list is none: opened it would be announced, and nothing there.
      open={open && found.length > 0}
      onOpenChange={setOpen}
      value={text}
      onValueChange={(next, { reason }) => {
        if (reason === 'item-press') add(tidyTag(next));
        else setText(next);
      }}
    >
      <Autocomplete.Input
        ref={input}
        aria-label="New tag"
        placeholder="New tag"
        maxLength={MOST_TAG}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter' && !event.currentTarget.hasAttribute('aria-activedescendant'))
            add(tidyTag(text));
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onDone(true);
        }}
        onBlur={() => {
          add(tidyTag(text));
          onDone(false);
        }}
        className="field h-6 w-32 px-2 text-xs"
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner sideOffset={4} className="z-40 outline-hidden">
          <Autocomplete.Popup className="min-w-(--anchor-width) rounded-lg border border-line bg-raised p-1 text-text shadow-float outline-hidden data-empty:hidden">
            <Autocomplete.List>
              {(tag: string) => (
                <Autocomplete.Item
                  key={tag}
                  value={tag}
                  className="flex min-h-7 max-w-72 cursor-default items-center rounded-md px-2 outline-hidden select-none data-highlighted:bg-hover"
                >
                  <span className="truncate">{tag}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
