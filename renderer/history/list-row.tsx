import { Star, Zap } from 'lucide-react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { amountWords } from '../../shared/money/words.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { useApp } from '../stores/app.ts';
import { useCards } from '../stores/cards.ts';
import { useChosen } from '../stores/chosen.ts';
import { cx } from '../ui/cx.ts';
import { CardThumb } from './card-thumb.tsx';
import { madeAt } from './layout.ts';
import { CheckMark, nameOf } from './tile.tsx';
import { dragTile, pressTile } from './tile-pointer.ts';
import { STATE_NAMES } from './words.ts';

export const LIST_ROW = 44;

/** The same of the names over the columns and of each row; what finds no room is left out from the right. */
export const LIST_COLUMNS =
  'grid grid-cols-[2.5rem_minmax(0,1fr)] items-center gap-x-3 px-2 @min-[22rem]:grid-cols-[2.5rem_minmax(8rem,1fr)_7rem] @min-[34rem]:grid-cols-[2.5rem_minmax(8rem,1fr)_minmax(6rem,11rem)_7rem_5.5rem] @min-[50rem]:grid-cols-[2.5rem_minmax(8rem,1fr)_minmax(6rem,13rem)_7rem_4.5rem_5.5rem_3rem_minmax(5rem,9rem)]';
const FROM_22 = 'hidden @min-[22rem]:block';
const FROM_34 = 'hidden @min-[34rem]:block';
const FROM_50 = 'hidden @min-[50rem]:block';

const HEADS = [
  ['Picture', 'sr-only'],
  ['Title', ''],
  ['Model', FROM_34],
  ['Made', FROM_22],
  ['Cost', `${FROM_50} text-right`],
  ['State', FROM_34],
  ['Files', `${FROM_50} text-right`],
  ['Tags', FROM_50],
] as const;

/** The names over the columns of the list. */
export function ListHeads(): ReactNode {
  return (
    <div role="row" className={cx(LIST_COLUMNS, 'mx-2 h-7 shrink-0 text-xs text-faint')}>
      {HEADS.map(([name, look]) =>
        name === 'Picture' ? (
          <span key={name} role="columnheader">
            <span className={look}>{name}</span>
          </span>
        ) : (
          <span key={name} role="columnheader" className={cx('truncate', look)}>
            {name}
          </span>
        ),
      )}
    </div>
  );
}

interface ListRowProps {
  readonly id: RunId;
  /** Whether Tab comes to it. */
  readonly stop: boolean;
}

/** The cells of one run in the list; a press anywhere on them presses its title. */
export const ListCells = memo(function ListCells({ id, stop }: ListRowProps): ReactNode {
  const card = useCards((state) => state.cards.get(id));
  const chosen = useChosen((state) => state.ids.has(id));
  const open = useApp((state) => state.openRun === id);
  return (
    <div
      role="presentation"
      draggable={card?.thumb != null}
      onDragStart={(event) => void dragTile(event, id)}
      className={cx(
        LIST_COLUMNS,
        'group relative h-full rounded-md transition-colors duration-120',
        chosen || open ? 'bg-pressed' : 'hover:bg-hover',
      )}
    >
      <span
        role="gridcell"
        className="relative block size-9 overflow-hidden rounded-sm border border-line bg-hover"
      >
        {card != null && <CardThumb card={card} small />}
      </span>
      <span role="gridcell" aria-selected={chosen} className="flex min-w-0 items-center gap-1.5">
        <button
          type="button"
          data-tile={id}
          tabIndex={stop ? 0 : -1}
          aria-pressed={open}
          aria-label={nameOf(card)}
          onClick={(event) => pressTile(event, id)}
          onFocus={() => useChosen.getState().setAt(id)}
          className="min-w-0 truncate rounded-sm text-left after:absolute after:inset-0"
        >
          {card === null ? 'Cannot be shown' : card?.title}
        </button>
        {card?.star === true && (
          <Star size={12} fill="currentColor" aria-hidden className="shrink-0 text-soft" />
        )}
        {card?.origin === 'live' && <Zap size={12} aria-hidden className="shrink-0 text-soft" />}
      </span>
      <span role="gridcell" className={cx('truncate text-xs text-faint', FROM_34)}>
        {card?.endpointId}
      </span>
      <span role="gridcell" className={cx('tabular truncate text-xs text-soft', FROM_22)}>
        {shortDate(madeAt(id))}
      </span>
      <span role="gridcell" className={cx('tabular text-right text-xs text-soft', FROM_50)}>
        {card?.cost != null && amountWords(card.cost)}
      </span>
      <span
        role="gridcell"
        className={cx('truncate text-xs', FROM_34, card?.state === 'failed' ? 'text-danger' : 'text-soft')}
      >
        {card != null && STATE_NAMES[card.state]}
      </span>
      <span role="gridcell" className={cx('tabular text-right text-xs text-soft', FROM_50)}>
        {card != null && card.files > 0 && card.files}
      </span>
      <span role="gridcell" className={cx('truncate text-xs text-faint', FROM_50)}>
        {card?.tags.join(', ')}
      </span>
      <CheckMark id={id} chosen={chosen} />
    </div>
  );
});

/** `2026-11-03 14:05`, by one formatter for all: making one costs far more than what it does. */
const dates = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' });
const shortDate = (ms: number): string => dates.format(ms);
