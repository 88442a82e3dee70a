import { Menu } from '@base-ui/react/menu';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { BatchPlace } from '../../shared/runs/asked.ts';
import { useRequests } from '../stores/requests.ts';
import { Sheet } from '../ui/sheet.tsx';
import { ModelsSheet } from './models-sheet.tsx';
import { SeedsSheet } from './seeds-sheet.tsx';
import { NO_AXES, SweepSheet } from './sweep-sheet.tsx';
import { useBatchStart } from './use-start.ts';

type Kind = BatchPlace['kind'];

const KINDS: readonly { readonly kind: Kind; readonly entry: string; readonly title: string }[] = [
  { kind: 'seeds', entry: 'Many times…', title: 'The same request many times' },
  { kind: 'models', entry: 'On other models too…', title: 'The same request on several models' },
  { kind: 'sweep', entry: 'Sweep over fields…', title: 'Sweep over fields' },
];

/** Ways to send the request more than once with one press, each planned and priced before anything is sent. */
export function RunMany({ endpointId }: { readonly endpointId: string }): ReactNode {
  const start = useBatchStart(endpointId);
  const [open, setOpen] = useState<Kind | null>(null);
  const [axes, setAxes] = useState(NO_AXES);
  const close = (): void => {
    setOpen(null);
    if (open === 'sweep') setAxes(NO_AXES);
  };
  const kind = useRequests((state) => state.forms[endpointId]?.kind);
  // Without fields there is nothing to vary.
  if (kind === 'unreadable' || kind === 'failed') return null;
  return (
    <>
      <Menu.Root>
        <Menu.Trigger
          disabled={start === null}
          aria-label="×n: send it more than once"
          className="flex h-9 shrink-0 items-center gap-1 rounded-md px-2 text-soft hover:bg-hover hover:text-text disabled:pointer-events-none disabled:opacity-50 data-popup-open:bg-hover"
        >
          ×n
          <ChevronDown size={14} aria-hidden className="text-faint" />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner align="start" side="top" sideOffset={4} className="z-40 outline-hidden">
            <Menu.Popup className="min-w-52 rounded-lg border border-line bg-raised p-1 text-text shadow-float outline-hidden">
              {KINDS.map(({ kind, entry }) => (
                <Menu.Item
                  key={kind}
                  onClick={() => setOpen(kind)}
                  className="flex min-h-7 cursor-default items-center rounded-md px-2 outline-hidden select-none data-highlighted:bg-hover"
                >
                  {entry}
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {KINDS.map(({ kind, title }) => (
        <Sheet
          key={kind}
          title={title}
          open={open === kind && start !== null}
          onOpen={(on) => setOpen(on ? kind : null)}
          className="w-[32rem] max-w-full"
        >
          {start !== null && kind === 'seeds' && <SeedsSheet start={start} onDone={close} />}
          {start !== null && kind === 'models' && <ModelsSheet start={start} onDone={close} />}
          {start !== null && kind === 'sweep' && (
            <SweepSheet start={start} axes={axes} onAxes={setAxes} onDone={close} />
          )}
        </Sheet>
      ))}
    </>
  );
}
