import { Image } from 'lucide-react';
import type { ReactNode } from 'react';
import { BatchCrumb } from '../batch/batch-crumb.tsx';
import { BatchView } from '../batch/batch-view.tsx';
import { usePlayground } from '../stores/playground.ts';
import { useShownRun } from '../stores/shown-run.ts';
import { keysText } from '../ui/kbd.tsx';
import { State } from '../ui/state.tsx';
import { RunViews } from '../viewers/run-views.tsx';
import { RecentStrip } from './recent-strip.tsx';
import { StatusBar } from './status-bar.tsx';

/** What comes of a run: while it goes, and when it is there. */
export function ResultPanel({ endpointId }: { readonly endpointId: string }): ReactNode {
  const run = useShownRun(endpointId);
  const batch = usePlayground((state) => state.batch);
  const empty = (
    <State
      icon={<Image size={32} strokeWidth={1.25} aria-hidden />}
      title="Nothing has run yet"
      text={`Fill in the request and press ${keysText('Mod+Enter')}. Every result is kept on this computer.`}
    />
  );
  return (
    <section
      aria-label="Result"
      // Where a cell of a batch gives way to its run, or the run to the batch, the focus is kept here.
      tabIndex={-1}
      className="flex min-h-0 min-w-0 flex-col outline-hidden max-[720px]:min-h-112 max-[720px]:shrink-0 max-[720px]:border-t max-[720px]:border-line"
    >
      {batch === null ? (
        <>
          {run?.batch != null && <BatchCrumb batch={run.batch} />}
          <RunViews run={run} empty={empty} reuse />
          <RecentStrip endpointId={endpointId} shown={run?.id} />
          <StatusBar run={run} />
        </>
      ) : (
        <BatchView key={batch} id={batch} />
      )}
    </section>
  );
}
