import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { RefreshCw, Search } from 'lucide-react';
import { memo, useEffect, useRef, useState } from 'react';
import type { ClipboardEvent, KeyboardEvent, ReactNode } from 'react';
import { readPaste } from '../../shared/fal/paste/paste.ts';
import type { Model } from '../../shared/ipc/models.ts';
import { mediumWords } from '../../shared/media/input.ts';
import { giveTo } from '../form/give.ts';
import { useApp } from '../stores/app.ts';
import { useGiving } from '../stores/giving.ts';
import type { GivenMedia } from '../stores/giving.ts';
import { useLive } from '../stores/live.ts';
import { useMarks } from '../stores/marks.ts';
import { useModels } from '../stores/models.ts';
import { usePlayground } from '../stores/playground.ts';
import { IconButton } from '../ui/button.tsx';
import { BrowserBar } from './browser-bar.tsx';
import { NothingHere, StaleNote } from './browser-state.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { ModelDetails } from './model-details.tsx';
import { ModelRows } from './model-rows.tsx';
import { bringIntoSight } from './model-rows.tsx';
import type { Rows } from './model-rows.tsx';
import { searchIndex } from './search-index.ts';
import { takePaste } from './take-paste.ts';
import { useBrowsing } from './use-browsing.ts';

/** The whole catalogue: found as you type, narrowed, and opened; whatever else names a model can be pasted. */
export function ModelBrowser(): ReactNode {
  const open = useApp((state) => state.pickerOpen);
  const setOpen = useApp((state) => state.openPicker);
  const screen = useApp((state) => state.screen);
  const giving = useGiving((state) => state.file);
  const live = screen === 'realtime' && giving === null;
  useIndexBeforehand();
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-shade transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Viewport className="fixed inset-0 z-30 flex justify-center pt-[7vh]">
          <BrowserPopup>
            <Browser
              live={live}
              giving={giving}
              onPick={(endpointId) => {
                setOpen(false);
                if (giving !== null) return void giveTo(endpointId, giving);
                useApp.getState().go(live ? 'realtime' : 'playground');
                void (live ? useLive : usePlayground).getState().open(endpointId);
              }}
              onPasted={() => setOpen(false)}
            />
          </BrowserPopup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The index of a new catalogue is made when the window has nothing else to do, not at the first key. */
function useIndexBeforehand(): void {
  const models = useModels((state) => state.models);
  useEffect(() => {
    const idle = requestIdleCallback(() => searchIndex(models));
    return () => cancelIdleCallback(idle);
  }, [models]);
}

/** Opened by its key from nowhere in particular, it leaves the focus at the open model's name, not at the first button. */
function BrowserPopup({ children }: { readonly children: ReactNode }): ReactNode {
  const [fromNowhere] = useState(() => document.activeElement === document.body);
  return (
    <Dialog.Popup
      aria-label="Choose a model"
      finalFocus={() => (fromNowhere ? document.querySelector<HTMLElement>('h1 button') : true)}
      className="flex h-[min(44rem,86vh)] w-[min(70rem,95vw)] flex-col self-start overflow-hidden rounded-lg border border-line bg-panel shadow-float outline-hidden transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0"
    >
      {children}
    </Dialog.Popup>
  );
}

interface BrowserProps {
  /** Models that answer live come first. */
  readonly live: boolean;
  /** The file that is to become the model's input: only models that begin with such a one are shown. */
  readonly giving: GivenMedia | null;
  readonly onPick: (endpointId: string) => void;
  readonly onPasted: () => void;
}

function Browser({ live, giving, onPick, onPasted }: BrowserProps): ReactNode {
  const browsing = useBrowsing(live, giving?.medium ?? null);
  const { query, setQuery, items, words, filters, change } = browsing;
  const total = useModels((state) => state.models.length);
  const loading = useModels((state) => state.loading);
  const rows = useRef<Rows | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const [at, setAt] = useState<Model | undefined>(undefined);
  // The one the keys were at may have been narrowed away.
  const shown = at !== undefined && items.includes(at) ? at : items[0];

  const onPaste = (event: ClipboardEvent): void => {
    const pasted = readPaste(event.clipboardData.getData('text'));
    if (pasted.kind === 'nothing') return;
    event.preventDefault();
    // A model alone is shown first, with its like around it; what brings values along has said all, but takes no file.
    if (pasted.kind === 'model' && (pasted.values === null || giving !== null))
      return setQuery(pasted.endpointId);
    onPasted();
    void takePaste(pasted);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const mod = event.metaKey || event.ctrlKey;
    if (mod && event.key.toLowerCase() === 'd') {
      event.preventDefault();
      if (shown === undefined || event.repeat) return;
      const { starred, star } = useMarks.getState();
      void star(shown.endpointId, !starred.includes(shown.endpointId));
    }
    // Letters go to the search from wherever they are typed.
    const typed = event.key.length === 1 && event.key !== ' ' && !mod && !event.altKey;
    if (typed && event.target !== input.current) input.current?.focus();
  };
  const onEnter = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.target !== input.current) return;
    const marked = input.current?.getAttribute('aria-activedescendant') ?? '';
    if (document.getElementById(marked) !== null || shown === undefined) return;
    // Pressed before the list has drawn its first entry: that is the one that is meant.
    event.stopPropagation();
    onPick(shown.endpointId);
  };
  return (
    <div
      role="presentation"
      className="flex min-h-0 flex-1 flex-col"
      onKeyDown={onKeyDown}
      onKeyDownCapture={onEnter}
    >
      <Autocomplete.Root
        open
        inline
        virtualized
        mode="none"
        items={items}
        itemToStringValue={(model: Model) => model.endpointId}
        value={query}
        onValueChange={(text, details) => {
          // Choosing an entry would write its id into the box just before the dialog closes.
          if (details.reason === 'item-press') return;
          setAt(undefined);
          setQuery(text);
        }}
        autoHighlight="always"
        keepHighlight
        onItemHighlighted={(model, { reason, index }) => {
          if (model === undefined) return;
          // The first is shown anyway: saying so again would draw everything twice at each key.
          setAt((before) => (before === undefined && model === items[0] ? before : model));
          if (reason !== 'pointer') queueMicrotask(() => bringIntoSight(rows.current, index));
        }}
      >
        <div className="flex h-12 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4">
          <Search size={16} className="shrink-0 text-faint" aria-hidden />
          <Autocomplete.Input
            ref={input}
            aria-label="Find a model"
            placeholder="Find a model, or paste an id, an address, code or JSON"
            onPaste={onPaste}
            className="h-full min-w-0 flex-1 bg-transparent outline-hidden placeholder:text-faint"
          />
          <span role="status" className="tabular text-xs text-faint">
            {loading ? 'reading the catalogue…' : countWords(items.length, total)}
          </span>
          <ReadAgain />
        </div>
        <StaleNote />
        {giving !== null && (
          <p className="truncate border-b border-line bg-hover px-4 py-1.5 text-soft">
            Models that begin with {mediumWords(giving.medium === 'file' ? 'any' : giving.medium)}, for{' '}
            <span className="text-text">{giving.fileName}</span>
          </p>
        )}
        <div className="grid min-h-0 flex-1 grid-cols-[11rem_minmax(0,1fr)_20rem] grid-rows-1 max-[1000px]:grid-cols-[10rem_minmax(0,1fr)] max-[1000px]:grid-rows-[minmax(0,1fr)_auto]">
          <FilterPanel counts={browsing.counts} shelf={filters.shelf} onChange={change} />
          <div className="flex min-h-0 min-w-0 flex-col">
            <BrowserBar
              filters={filters}
              onChange={change}
              hidden={browsing.hidden}
              units={browsing.units}
              progress={browsing.progress}
            />
            {items.length === 0 && <NothingHere browsing={browsing} />}
            <Autocomplete.List
              aria-label="Models"
              className={items.length === 0 ? 'hidden' : 'min-h-0 flex-1'}
            >
              <ModelRows
                models={items}
                words={words}
                rows={rows}
                onPick={onPick}
                wishPrices={filters.price.kind === 'any'}
              />
            </Autocomplete.List>
          </div>
          {shown === undefined ? (
            <div className="border-line max-[1000px]:hidden min-[1001px]:border-l" />
          ) : (
            <ModelDetails model={shown} words={words} onPick={onPick} />
          )}
        </div>
      </Autocomplete.Root>
    </div>
  );
}

const ReadAgain = memo(function ReadAgain(): ReactNode {
  const refresh = useModels((state) => state.refresh);
  return (
    <IconButton label="Read the catalogue again" side="bottom" onClick={() => void refresh()}>
      <RefreshCw size={14} aria-hidden />
    </IconButton>
  );
});

/** `56 of 955 models`; of all of them their number alone. */
function countWords(shown: number, total: number): string {
  return `${shown < total ? `${shown} of ${total}` : shown} ${Math.max(shown, total) === 1 ? 'model' : 'models'}`;
}
