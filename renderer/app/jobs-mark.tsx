import { Popover } from '@base-ui/react/popover';
import { ListChecks, LoaderCircle } from 'lucide-react';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { JobsPanel } from '../jobs/jobs-panel.tsx';
import { useJobs } from '../stores/jobs.ts';
import { keysText } from '../ui/kbd.tsx';

/** How many runs are under way and waiting, over all models; it opens them. */
export function JobsMark(): ReactNode {
  const popup = useRef<HTMLDivElement>(null);
  const open = useJobs((state) => state.open);
  const setOpen = useJobs((state) => state.setOpen);
  const going = useJobs((state) => state.going.length);
  const waiting = useJobs((state) => state.waiting.length);
  const held = useJobs((state) => state.held.length);
  const words = [
    going > 0 && `${going} running`,
    waiting > 0 && `${waiting} waiting`,
    held > 0 && `${held} not sent`,
  ].filter((word) => word !== false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        title={keysText('Mod+J')}
        className="tabular flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2 whitespace-nowrap text-soft hover:bg-hover hover:text-text data-popup-open:bg-hover"
      >
        {going > 0 ? (
          <LoaderCircle size={14} aria-hidden className="animate-spin motion-reduce:animate-none" />
        ) : (
          <ListChecks size={14} aria-hidden />
        )}
        <span className="sr-only">Jobs: </span>
        {words.length > 0 ? words.join(' · ') : <span aria-hidden>Jobs</span>}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="bottom" align="end" sideOffset={6} className="z-40">
          <Popover.Popup
            ref={popup}
            // Not the number, which the next key typed would change.
            initialFocus={popup}
            className="flex max-h-[min(40rem,calc(100vh-4.5rem))] w-104 flex-col rounded-lg border border-line bg-raised text-text shadow-float outline-hidden"
          >
            <JobsPanel />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
