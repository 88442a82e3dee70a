import { Tooltip } from '@base-ui/react/tooltip';
import { useMemo } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './kbd.tsx';

interface TipWords {
  readonly text: string;
  readonly shortcut?: string;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
}

interface TipProps extends TipWords {
  /** The one element it explains; it keeps its own accessible name. */
  readonly children: ReactElement<Record<string, unknown>>;
}

/** One tip for the whole window: a form of a hundred rows has hundreds of things that may be explained. */
const tip = Tooltip.createHandle<TipWords>();

export function Tip({ text, shortcut, side, children }: TipProps): ReactNode {
  const words = useMemo(
    (): TipWords => ({
      text,
      ...(shortcut === undefined ? {} : { shortcut }),
      ...(side === undefined ? {} : { side }),
    }),
    [text, shortcut, side],
  );
  return <Tooltip.Trigger handle={tip} payload={words} render={children} />;
}

/** Where the tip of whatever is pointed at or focused is shown. */
export function TipLayer(): ReactNode {
  return (
    <Tooltip.Root handle={tip}>
      {({ payload }) => (
        <Tooltip.Portal>
          <Tooltip.Positioner side={payload?.side ?? 'top'} sideOffset={6} className="z-50">
            <Tooltip.Popup className="flex max-w-72 items-center gap-2 rounded-md border border-line bg-raised px-2 py-1 text-xs text-text shadow-float">
              <span className="whitespace-pre-line">{payload?.text}</span>
              {payload?.shortcut !== undefined && <Kbd keys={payload.shortcut} />}
            </Tooltip.Popup>
          </Tooltip.Positioner>
        </Tooltip.Portal>
      )}
    </Tooltip.Root>
  );
}
