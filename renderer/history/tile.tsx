import { Check, Star, Zap } from 'lucide-react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import type { RunCard } from '../../shared/history/card.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { useApp } from '../stores/app.ts';
import { useCards } from '../stores/cards.ts';
import { useChosen } from '../stores/chosen.ts';
import { cx } from '../ui/cx.ts';
import { CardThumb } from './card-thumb.tsx';
import { dragTile, pressCheck, pressTile } from './tile-pointer.ts';
import { tileName } from './words.ts';

/** Narrower tiles are pictures alone. */
const NARROW = 128;

interface TileProps {
  readonly id: RunId;
  /** In px. */
  readonly width: number;
  /** Whether Tab comes to it. */
  readonly stop: boolean;
}

/** One run in the grid; drawn again when it changes, not when the grid is scrolled. */
export const Tile = memo(function Tile({ id, width, stop }: TileProps): ReactNode {
  const card = useCards((state) => state.cards.get(id));
  const chosen = useChosen((state) => state.ids.has(id));
  const open = useApp((state) => state.openRun === id);
  return (
    <div role="gridcell" aria-selected={chosen} className="min-w-0">
      <button
        type="button"
        data-tile={id}
        tabIndex={stop ? 0 : -1}
        aria-pressed={open}
        aria-label={nameOf(card)}
        draggable={card?.thumb != null}
        onDragStart={(event) => void dragTile(event, id)}
        onClick={(event) => pressTile(event, id)}
        onFocus={() => useChosen.getState().setAt(id)}
        className="group block w-full rounded-md text-left"
      >
        <span
          className={cx(
            'relative block aspect-square overflow-hidden rounded-md border bg-hover transition-colors duration-120',
            chosen || open ? 'border-accent outline-1 outline-accent' : 'border-line group-hover:border-edge',
          )}
        >
          {card != null && <CardThumb card={card} />}
          <CheckMark id={id} chosen={chosen} />
          {card != null && <Signs card={card} />}
        </span>
        {width >= NARROW && card != null && <Caption card={card} />}
      </button>
    </div>
  );
});

/** Undefined while it is being read, null where it cannot be. */
export function nameOf(card: RunCard | null | undefined): string {
  if (card === undefined) return 'Not read yet';
  return card === null ? 'A run that cannot be shown' : tileName(card);
}

/** For the pointer; the keyboard has Space, and a screen reader the state of the cell. */
export function CheckMark({ id, chosen }: { readonly id: RunId; readonly chosen: boolean }): ReactNode {
  return (
    <span
      role="presentation"
      onClick={(event) => pressCheck(event, id)}
      className="absolute top-0 left-0 flex size-8 items-start p-1.5"
    >
      <span
        className={cx(
          'flex size-5 items-center justify-center rounded-sm border',
          chosen
            ? 'border-accent bg-accent text-on-accent'
            : 'invisible border-edge bg-panel text-transparent group-hover:visible hover:text-soft',
        )}
      >
        <Check size={14} strokeWidth={2.5} aria-hidden />
      </span>
    </span>
  );
}

function Signs({ card }: { readonly card: RunCard }): ReactNode {
  if (!card.star && card.origin !== 'live') return null;
  return (
    <span className="absolute right-1 bottom-1 flex gap-1 text-soft">
      {card.origin === 'live' && (
        <span className="flex size-5 items-center justify-center rounded-sm bg-panel">
          <Zap size={12} aria-hidden />
        </span>
      )}
      {card.star && (
        <span className="flex size-5 items-center justify-center rounded-sm bg-panel">
          <Star size={12} fill="currentColor" aria-hidden />
        </span>
      )}
    </span>
  );
}

function Caption({ card: { title, endpointId } }: { readonly card: RunCard }): ReactNode {
  return (
    <>
      <span className="block truncate pt-1 text-xs text-soft">{title}</span>
      {title !== endpointId && <span className="block truncate text-xs text-faint">{endpointId}</span>}
    </>
  );
}

export const captionHeight = (width: number): number => (width >= NARROW ? 36 : 0);
