import { Images, SearchX, Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { TopBar } from '../app/top-bar.tsx';
import { useApp } from '../stores/app.ts';
import { useChosen } from '../stores/chosen.ts';
import { useFound } from '../stores/found.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { State } from '../ui/state.tsx';
import { findsTrash } from './about-trash.ts';
import { Compare } from './compare/compare.tsx';
import { Facets } from './facets.tsx';
import { OutMenu } from './out-menu.tsx';
import { Results } from './results.tsx';
import { RunDetail } from './run-detail.tsx';
import { Said } from './said.tsx';
import { HistorySearch } from './search/history-search.tsx';
import { SearchProblems } from './search/search-problems.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { HistoryToolbar } from './toolbar.tsx';
import { TrashNote } from './trash-note.tsx';
import { useStepBack } from './use-step-back.ts';

/** Every run of this computer: what is searched for, what was found, and the one that is open beside it. */
export function History(): ReactNode {
  const open = useApp((state) => state.openRun);
  const setOpen = useApp((state) => state.setOpenRun);
  const comparing = useChosen((state) => state.comparing);
  const compare = useChosen((state) => state.compare);
  const show = useFound((state) => state.show);
  useEffect(() => show(), [show]);
  // What is opened afterwards is not to be covered by it, be it the run that is open under it.
  useEffect(() => {
    const stop = useApp.subscribe((now, before) => {
      if (now.openRun !== before.openRun) compare(null);
    });
    return () => {
      stop();
      compare(null);
    };
  }, [compare]);
  // Of nothing there is nothing to arrange.
  const empty = useFound((state) => state.text.trim() === '' && (state.ids?.length ?? 0) === 0);
  const filled = useFound((state) => (state.ids?.length ?? 0) > 0);
  useStepBack();
  const inTrash = useFound((state) => findsTrash(state.text));
  return (
    <>
      <TopBar>
        <h1 className="font-medium">History</h1>
        {comparing === null && <HistorySearch />}
        {comparing === null && <OutMenu />}
      </TopBar>
      {comparing === null && <SearchProblems />}
      <Said />
      <div className="relative flex min-h-0 flex-1">
        {/* It stays where it is under what is compared. */}
        <div inert={comparing !== null} className="flex min-h-0 min-w-0 flex-1">
          <Facets />
          <div className="flex min-w-0 flex-1 flex-col">
            {!empty && <HistoryToolbar />}
            {inTrash && filled && <TrashNote />}
            <Centre />
            <SelectionBar onCompare={compare} />
          </div>
          {open !== null && <RunDetail id={open} onClose={() => setOpen(null)} />}
        </div>
        {comparing !== null && (
          <div className="absolute inset-0 z-10 flex bg-canvas">
            <Compare ids={comparing} onClose={() => compare(null)} />
          </div>
        )}
      </div>
    </>
  );
}

/** What was found, or why there is nothing. */
function Centre(): ReactNode {
  const ids = useFound((state) => state.ids);
  const error = useFound((state) => state.error);
  const text = useFound((state) => state.text);
  const setText = useFound((state) => state.setText);
  const again = useFound((state) => state.again);
  const go = useApp((state) => state.go);
  if (error !== null)
    return (
      <div className="m-auto p-8">
        <ErrorNote error={error} action={<Button onClick={again}>Search again</Button>} />
      </div>
    );
  // The first page is here before anything else could be read.
  if (ids === null) return null;
  if (ids.length > 0) return <Results ids={ids} />;
  if (text.trim() === 'is:trashed')
    return (
      <State
        icon={<Trash2 size={32} strokeWidth={1.25} aria-hidden />}
        title="The trash is empty"
        text="What is moved here stays for 30 days and can be restored until then."
        action={<Button onClick={() => setText('')}>Show all runs</Button>}
      />
    );
  if (text.trim() !== '')
    return (
      <State
        icon={<SearchX size={32} strokeWidth={1.25} aria-hidden />}
        title="Nothing found"
        text="No run fits all of these words."
        action={<Button onClick={() => setText('')}>Show all runs</Button>}
      />
    );
  return (
    <State
      icon={<Images size={32} strokeWidth={1.25} aria-hidden />}
      title="Nothing here yet"
      text="Every run is kept on this computer: its request, its result and its files. They stay when fal has long deleted them."
      action={<Button onClick={() => go('playground')}>Open the playground</Button>}
    />
  );
}
