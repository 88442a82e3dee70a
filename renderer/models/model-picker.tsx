import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { Virtualizer } from '@tanstack/react-virtual';
import { CornerDownLeft, RefreshCw, Search, Zap } from 'lucide-react';
import { useCallback, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import type { Model } from '../../shared/ipc/models.ts';
import { speaksRealtime } from '../../shared/realtime/support.ts';
import { useApp } from '../stores/app.ts';
import { useLive } from '../stores/live.ts';
import { useModels } from '../stores/models.ts';
import { usePlayground } from '../stores/playground.ts';
import { IconButton } from '../ui/button.tsx';
import { State } from '../ui/state.tsx';
import { endpointIn, findModels } from './search.ts';

type Rows = Virtualizer<HTMLDivElement, Element>;
const ROW_HEIGHT = 48;

/** Finds a model as you type over the whole catalogue; an id or address that is pasted opens even when it is not listed. */
export function ModelPicker(): ReactNode {
  const open = useApp((state) => state.pickerOpen);
  const setOpen = useApp((state) => state.openPicker);
  const live = useApp((state) => state.screen === 'realtime');
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-shade transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Viewport className="fixed inset-0 z-30 flex justify-center pt-[10vh]">
          <Dialog.Popup
            aria-label="Choose a model"
            className="flex max-h-[min(36rem,80vh)] w-[min(44rem,92vw)] flex-col self-start overflow-hidden rounded-lg border border-line bg-panel shadow-float outline-hidden transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <Finder
              live={live}
              onPick={(endpointId) => {
                setOpen(false);
                useApp.getState().go(live ? 'realtime' : 'playground');
                void (live ? useLive : usePlayground).getState().open(endpointId);
              }}
            />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface FinderProps {
  /** Models that answer live come first. */
  readonly live: boolean;
  readonly onPick: (endpointId: string) => void;
}

function Finder({ live, onPick }: FinderProps): ReactNode {
  const models = useModels((state) => state.models);
  const loading = useModels((state) => state.loading);
  const error = useModels((state) => state.error);
  const refresh = useModels((state) => state.refresh);
  const [query, setQuery] = useState('');
  const rows = useRef<Rows | null>(null);
  const found = useMemo(() => {
    const fitting = findModels(models, query);
    return withPasted(live ? liveFirst(fitting) : fitting, query);
  }, [models, query, live]);
  return (
    <Autocomplete.Root
      open
      inline
      virtualized
      mode="none"
      items={found}
      itemToStringValue={(model: Model) => model.endpointId}
      value={query}
      onValueChange={(text, details) => {
        // Choosing an entry would write its id into the box just before the dialog closes.
        if (details.reason !== 'item-press') setQuery(text);
      }}
      autoHighlight="always"
      keepHighlight
      onItemHighlighted={(model, { reason, index }) => {
        if (model === undefined || rows.current === null || reason === 'pointer') return;
        const to = index;
        queueMicrotask(() => rows.current?.scrollToIndex(to, { align: 'auto' }));
      }}
    >
      <div className="flex h-12 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4">
        <Search size={16} className="text-faint" aria-hidden />
        <Autocomplete.Input
          aria-label="Find a model"
          placeholder="Find a model, or paste an id or fal.ai address"
          className="h-full min-w-0 flex-1 bg-transparent outline-hidden placeholder:text-faint"
        />
        <span role="status" className="tabular text-xs text-faint">
          {loading ? 'reading the catalogue…' : `${found.length} of ${models.length}`}
        </span>
        <IconButton label="Read the catalogue again" side="bottom" onClick={() => void refresh()}>
          <RefreshCw size={14} aria-hidden />
        </IconButton>
      </div>
      {error !== null && (
        <p role="alert" className="border-b border-line px-4 py-2 text-soft">
          {error.title}. {models.length > 0 ? 'This is the list from before.' : error.hint}
        </p>
      )}
      {found.length === 0 && !loading && (
        <State
          title="No model is called that"
          text="Paste its whole id, such as fal-ai/flux/dev, to open it all the same."
        />
      )}
      <Autocomplete.List className="min-h-0 flex-1">
        <ModelRows models={found} rows={rows} onPick={onPick} />
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}

function ModelRows(props: {
  readonly models: readonly Model[];
  readonly rows: RefObject<Rows | null>;
  readonly onPick: (endpointId: string) => void;
}): ReactNode {
  const { models, rows, onPick } = props;
  const scroller = useRef<HTMLDivElement | null>(null);
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: models.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    paddingStart: 6,
    paddingEnd: 6,
  });
  useImperativeHandle(rows, () => virtualizer);
  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element;
      if (element !== null) virtualizer.measure();
    },
    [virtualizer],
  );
  const height = virtualizer.getTotalSize();
  return (
    <div
      ref={attach}
      role="presentation"
      className="max-h-[min(30rem,calc(80vh-3rem))] overflow-y-auto overscroll-contain"
      style={{ height }}
    >
      <div role="presentation" className="relative" style={{ height }}>
        {virtualizer.getVirtualItems().map((row) => {
          const model = models[row.index];
          if (model === undefined) return null;
          return (
            <Autocomplete.Item
              key={model.endpointId}
              index={row.index}
              value={model}
              aria-setsize={models.length}
              aria-posinset={row.index + 1}
              onClick={() => onPick(model.endpointId)}
              style={{ height: row.size, transform: `translateY(${row.start}px)` }}
              className="group absolute inset-x-1.5 top-0 grid cursor-default grid-cols-[1fr_auto] items-center gap-3 rounded-md px-2.5 outline-hidden data-highlighted:bg-hover"
            >
              <span className="min-w-0">
                <span className="block truncate text-text">
                  {model.name}
                  {model.deprecated && <span className="text-faint"> · deprecated</span>}
                </span>
                <span className="block truncate font-mono text-xs text-faint">{model.endpointId}</span>
              </span>
              <span className="flex items-center gap-2 text-xs text-faint">
                {speaksRealtime(model.endpointId) && (
                  <span className="flex items-center gap-1 rounded-sm bg-hover px-1.5 text-soft group-data-highlighted:bg-pressed">
                    <Zap size={11} aria-hidden />
                    realtime
                  </span>
                )}
                {model.category}
                <CornerDownLeft size={14} aria-hidden className="invisible group-data-highlighted:visible" />
              </span>
            </Autocomplete.Item>
          );
        })}
      </div>
    </div>
  );
}

/** What was pasted comes first when the list does not have it: it may be private, or newer than the list. */
function withPasted(found: readonly Model[], query: string): readonly Model[] {
  const id = query.includes('/') ? endpointIn(query) : null;
  if (id === null || found.some((model) => model.endpointId === id)) return found;
  return [
    {
      endpointId: id,
      name: `Open ${id}`,
      category: 'not in the list',
      description: '',
      tags: [],
      deprecated: false,
    },
    ...found,
  ];
}

function liveFirst(models: readonly Model[]): readonly Model[] {
  return models.toSorted(
    (a, b) => Number(speaksRealtime(b.endpointId)) - Number(speaksRealtime(a.endpointId)),
  );
}
