import { Autocomplete } from '@base-ui/react/autocomplete';
import { Search, X } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { MOST_QUERY } from '../../../shared/history/tokens.ts';
import { useFacets } from '../../stores/facets.ts';
import { useFound } from '../../stores/found.ts';
import { useProfiles } from '../../stores/profiles.ts';
import { IconButton } from '../../ui/button.tsx';
import { setCaret, useCaret } from './caret.ts';
import { CompletionList } from './completion-list.tsx';
import { completingAt, completionsOf } from './completions.ts';
import type { Completion } from './completions.ts';
import { TintedText } from './tinted-text.tsx';

interface QueryBoxProps {
  readonly input: RefObject<HTMLInputElement | null>;
}

/** Whether completions are wished for: as they fit what is typed, all there are, or none. */
type Wish = 'none' | 'typing' | 'all';

/** The search box: its filters tinted, and whatever is being typed completed. Escape closes the list, then empties the box. */
export function QueryBox({ input }: QueryBoxProps): ReactNode {
  const text = useFound((state) => state.text);
  const setText = useFound((state) => state.setText);
  const caret = useCaret((state) => state.caret);
  const [wish, setWish] = useState<Wish>('none');
  const behind = useRef<HTMLDivElement>(null);
  const marked = useRef<Completion | undefined>(undefined);
  const wantedCaret = useRef<number | null>(null);
  const completing = useMemo(() => completingAt(text, caret ?? text.length), [text, caret]);
  const completions = useCompletions(completing, wish);
  const open = completions.length > 0;

  useLayoutEffect(() => {
    const element = input.current;
    if (element === null) return;
    if (wantedCaret.current !== null) element.setSelectionRange(wantedCaret.current, wantedCaret.current);
    wantedCaret.current = null;
    if (behind.current !== null) behind.current.scrollLeft = element.scrollLeft;
  });

  const take = (completion: Completion): void => {
    if (completing === null) return;
    const before = text.slice(0, completing.from) + completion.insert;
    const after = text.slice(completing.to);
    const space = completion.open || /^\s/.test(after) ? '' : ' ';
    const next = before + space + after;
    if (next.length > MOST_QUERY) return;
    const at = before.length + (completion.open ? 0 : 1);
    wantedCaret.current = at;
    setCaret(at);
    setText(next);
    setWish(completion.open ? 'typing' : 'none');
    input.current?.focus();
  };
  const clear = (): void => {
    setText('');
    setCaret(0);
    setWish('none');
  };
  const onKeyDown = (event: KeyboardEvent & { preventBaseUIHandler: () => void }): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      // The list closes, then the box is emptied; a third press is for whatever stands around.
      event.preventBaseUIHandler();
      if (open) setWish('none');
      else if (text !== '') clear();
      else return;
      event.preventDefault();
    }
    if (event.key === 'ArrowDown' && !open) setWish('all');
    const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!open || !plain || (event.key !== 'Enter' && event.key !== 'Tab')) return;
    // Of values the first is meant also where the list has not marked it yet.
    const first = completing?.kind === 'value' ? completions[0] : undefined;
    const meant =
      marked.current !== undefined && completions.includes(marked.current) ? marked.current : first;
    event.preventBaseUIHandler();
    if (meant === undefined) return setWish('none');
    event.preventDefault();
    take(meant);
  };
  return (
    <Autocomplete.Root
      // A popup of its own would hide all else from screen readers while one types.
      inline
      mode="none"
      items={completions}
      itemToStringValue={({ label }: Completion) => label}
      value={text}
      onValueChange={(next, { reason }) => {
        // What is chosen takes the place of a part of the text, not of all of it.
        if (reason === 'item-press') return;
        setCaret(input.current?.selectionStart ?? next.length);
        setText(next);
        setWish('typing');
      }}
      open={open}
      onOpenChange={(next, { reason }) => {
        if (!next && reason !== 'item-press') setWish('none');
      }}
      autoHighlight={completing?.kind === 'value' ? 'always' : false}
      onItemHighlighted={(completion) => {
        marked.current = completion;
      }}
    >
      <div className="field relative flex h-8 min-w-0 flex-1 items-center gap-2 pr-1 pl-2.5 focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent">
        <Search size={14} aria-hidden className="shrink-0 text-faint" />
        <div className="relative h-full min-w-0 flex-1">
          <TintedText text={text} caret={caret} scroller={behind} />
          <Autocomplete.Input
            ref={input}
            aria-label="Search the history"
            // A list in its place counts as one that is always there.
            aria-expanded={open}
            placeholder="Search: words, “phrases”, -not, model:, is:starred …"
            maxLength={MOST_QUERY}
            spellCheck={false}
            autoComplete="off"
            onKeyDown={onKeyDown}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
            onBlur={() => setCaret(null)}
            onClick={() => {
              if (text === '') setWish('all');
            }}
            onScroll={(event) => {
              if (behind.current !== null) behind.current.scrollLeft = event.currentTarget.scrollLeft;
            }}
            className="relative h-full w-full bg-transparent outline-hidden placeholder:text-faint"
          />
        </div>
        {text !== '' && (
          <IconButton
            label="Clear the search"
            shortcut="Esc"
            side="bottom"
            className="size-6"
            onClick={() => {
              clear();
              input.current?.focus();
            }}
          >
            <X size={14} aria-hidden />
          </IconButton>
        )}
        {open && <CompletionList onTake={take} />}
      </div>
    </Autocomplete.Root>
  );
}

const NONE: readonly Completion[] = [];
/** Letters of a name before it is offered unasked: words begin with the same ones. */
const LEAST_TYPED = 2;

function useCompletions(completing: ReturnType<typeof completingAt>, wish: Wish): readonly Completion[] {
  const values = useFacets((state) => state.values);
  const countValues = useFacets((state) => state.countValues);
  const profiles = useProfiles((state) => state.profiles);
  const rest = wish !== 'none' && completing?.kind === 'value' ? completing.rest : null;
  useEffect(() => {
    if (rest !== null) countValues(rest);
  }, [rest, countValues]);
  return useMemo(() => {
    if (wish === 'none' || completing === null) return NONE;
    if (wish === 'typing' && completing.kind === 'name' && completing.typed.length < LEAST_TYPED) return NONE;
    const names = new Map(profiles.map(({ id, name }) => [id, name]));
    return completionsOf(completing, rest !== null && values?.rest === rest ? values.facets : null, names);
  }, [wish, completing, rest, values, profiles]);
}
