import type { ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';

interface PanesProps {
  /** The names of the runs, and what each of them shows, in their order. */
  readonly heads: readonly ReactNode[];
  readonly panes: readonly ReactNode[];
  /** The one that fills the place of all; null where all are seen. */
  readonly front: number | null;
}

/** Rooms of one size beside each other, four of them two by two. Those behind the one in front stay as they are. */
export function Panes({ heads, panes, front }: PanesProps): ReactNode {
  const columns = front !== null ? 'grid-cols-1' : panes.length === 3 ? 'grid-cols-3' : 'grid-cols-2';
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {front !== null && <Heads heads={heads} />}
      <div className={cx('grid min-h-0 flex-1 auto-rows-fr gap-px bg-line', columns)}>
        {panes.map((pane, index) => (
          <div
            // oxlint-disable-next-line react/no-array-index-key -- the place of its run
            key={index}
            className={cx(
              'flex min-h-0 min-w-0 flex-col bg-canvas',
              front !== null && front !== index && 'hidden',
            )}
          >
            {front === null && heads[index]}
            {pane}
          </div>
        ))}
      </div>
    </div>
  );
}

/** All their names over one room. */
export function Heads({ heads }: Pick<PanesProps, 'heads'>): ReactNode {
  return (
    <div className="flex shrink-0 gap-px border-b border-line bg-line">
      {heads.map((head, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the place of its run
        <div key={index} className="min-w-0 flex-1">
          {head}
        </div>
      ))}
    </div>
  );
}
