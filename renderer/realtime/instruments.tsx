import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useLive } from '../stores/live.ts';
import { cx } from '../ui/cx.ts';
import { clock } from '../viewers/words.ts';
import type { FrameStats } from './frame-stats.ts';

const EVERY_MS = 250;

interface Instrument {
  readonly name: string;
  /** After the number. */
  readonly unit: string;
  /** Characters, so that nothing beside it moves when the number grows. */
  readonly room: string;
  readonly text: (stats: FrameStats, now: number) => string;
}

const INSTRUMENTS: readonly Instrument[] = [
  {
    name: 'Frames a second',
    unit: 'fps',
    room: 'min-w-[2ch]',
    text: (stats, now) => `${stats.perSecond(now)}`,
  },
  {
    name: 'Round trip: half of the answers, and 19 of 20',
    unit: 'ms round trip',
    room: 'min-w-[7ch]',
    text: tripText,
  },
  { name: 'In the model', unit: 'ms in the model', room: 'min-w-[3ch]', text: serverText },
  { name: 'Inputs sent', unit: 'sent', room: 'min-w-[3ch]', text: (stats) => `${stats.counts.sent}` },
  {
    name: 'Answers received',
    unit: 'received',
    room: 'min-w-[3ch]',
    text: (stats) => `${stats.counts.received}`,
  },
  {
    name: 'Inputs and answers dropped',
    unit: 'dropped',
    room: 'min-w-[3ch]',
    text: (stats) => `${stats.counts.dropped}`,
  },
  {
    name: 'Time connected',
    unit: 'connected',
    room: 'min-w-[5ch]',
    text: (stats, now) => clock(stats.elapsed(now)),
  },
];

/** Numbers that change with every frame: written past React, four times a second. */
export function Instruments(): ReactNode {
  const list = useRef<HTMLDListElement>(null);
  const stats = useLive((state) => state.stats);
  useEffect(() => {
    const write = (): void => {
      const now = performance.now();
      const values = list.current?.querySelectorAll('[data-value]') ?? [];
      for (const [index, value] of values.entries())
        value.textContent = INSTRUMENTS[index]?.text(stats(), now) ?? '';
    };
    write();
    const timer = setInterval(write, EVERY_MS);
    return () => clearInterval(timer);
  }, [stats]);
  return (
    <dl
      ref={list}
      aria-label="Instruments"
      className="tabular flex shrink-0 flex-wrap justify-center gap-x-4 gap-y-0.5 px-4 py-2 text-xs text-faint"
    >
      {INSTRUMENTS.map(({ name, unit, room }) => (
        <div key={name} className="flex gap-1">
          <dt className="sr-only">{name}</dt>
          <dd className="flex gap-1">
            <span data-value className={cx('text-right text-soft', room)} />
            <span>{unit}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function tripText(stats: FrameStats): string {
  const trip = stats.roundTrip();
  return trip === null ? '–' : `${Math.round(trip.p50)} / ${Math.round(trip.p95)}`;
}

function serverText(stats: FrameStats): string {
  return stats.serverSeconds === null ? '–' : `${Math.round(stats.serverSeconds * 1000)}`;
}
