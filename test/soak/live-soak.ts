import { setInterval as every } from 'node:timers/promises';
import { openBuiltApp, openLive } from '../bench/built-app.ts';
import type { BuiltApp } from '../bench/built-app.ts';
import { startRingServer } from '../bench/server.ts';
import { PUSH_ID } from '../local-fal/ring.ts';
import { leftOver } from './left-over.ts';
import { anotherSession, frameInSight, startStream } from './live-stream.ts';
import { MemoryProbe } from './memory-probe.ts';
import type { Memory } from './memory-probe.ts';
import { lastTwoThirds, slopeOf } from './slope.ts';

export interface LiveSoakOptions {
  readonly minutes: number;
  /** The page gets one part in so many of the processor's time; 1 leaves it all of it. */
  readonly slowed: number;
  /** Sessions opened and closed one after the other, when the time is over. */
  readonly sessions: number;
  readonly say: (line: string) => void;
}

export interface LiveReport {
  readonly on: BuiltApp['on'];
  readonly minutes: number;
  readonly slowed: number;
  readonly samples: number;
  /** Main's count: what fal sent. */
  readonly framesReceived: number;
  readonly framesPainted: number;
  /** MB a minute, over the last two thirds. */
  readonly slopes: Readonly<Record<keyof Sizes, number>>;
  /** MB, after the first third and at the end. */
  readonly from: Sizes;
  readonly to: Sizes;
  readonly mostBitmapsOpen: number;
  readonly sessionsAfterwards: number;
  readonly faults: readonly string[];
}

interface Sizes {
  readonly mainResident: number;
  readonly mainHeap: number;
  readonly mainExternal: number;
  readonly pageHeap: number;
  /** All other processes of the app together; only told. */
  readonly browserResident: number;
}

interface Sample {
  readonly minute: number;
  readonly memory: Memory;
}

const SAMPLES = 120;
/** MB a minute. */
const STEEPEST = 1;
/** One that is being painted, and one that waits for its display frame. */
const MOST_BITMAPS = 2;
const SIZES = ['mainResident', 'mainHeap', 'mainExternal', 'pageHeap', 'browserResident'] as const;

/** The whole app, its screen fed 60 frames of 60 KB a second; what it holds is looked at from outside all the while. */
export async function liveSoak(options: LiveSoakOptions): Promise<LiveReport> {
  const { minutes, slowed, sessions, say } = options;
  const server = await startRingServer();
  const built = await openBuiltApp(server.url);
  try {
    const { app, page, ui } = built;
    await openLive(ui, PUSH_ID);
    const probe = await MemoryProbe.on(app, page);
    await startStream(ui);
    await probe.slowPage(slowed);
    const samples = await watch(probe, minutes, say);
    const framesReceived = await frameInSight(page);
    await probe.slowPage(1);
    const left = await leftBySessions(built, probe, sessions);
    const report = reportOf({ on: built.on, minutes, slowed, sessions, samples, framesReceived, left });
    for (const fault of report.faults) say(`✗ ${fault}`);
    return report;
  } finally {
    await built.close();
    await server.close();
  }
}

async function watch(probe: MemoryProbe, minutes: number, say: (line: string) => void): Promise<Sample[]> {
  const samples: Sample[] = [];
  const began = performance.now();
  for await (const _ of every((minutes * 60_000) / SAMPLES)) {
    const memory = await probe.look();
    const minute = (performance.now() - began) / 60_000;
    samples.push({ minute, memory });
    const { mainResident, mainHeap, mainExternal, pageHeap } = sizesOf(memory);
    if (samples.length % 10 === 0)
      say(
        `${minute.toFixed(1)} min: main ${mainResident} MB (heap ${mainHeap}, outside ${mainExternal}), page ${pageHeap} MB, ${memory.page.bitmapsMade} painted`,
      );
    if (minute >= minutes) break;
  }
  return samples;
}

/** The first two are the measure: what is made once has been made by then. */
async function leftBySessions(
  { ui }: BuiltApp,
  probe: MemoryProbe,
  sessions: number,
): Promise<readonly string[]> {
  if (sessions === 0) return [];
  for (let i = 0; i < 2; i += 1) await anotherSession(ui);
  const before = await probe.look();
  for (let i = 0; i < sessions; i += 1) await anotherSession(ui);
  return leftOver(before, await probe.look(), sessions);
}

interface Watched {
  readonly on: BuiltApp['on'];
  readonly minutes: number;
  readonly slowed: number;
  readonly sessions: number;
  readonly samples: readonly Sample[];
  readonly framesReceived: number;
  readonly left: readonly string[];
}

function reportOf({ samples, left, sessions, ...rest }: Watched): LiveReport {
  const counted = lastTwoThirds(samples);
  const [from, to] = [counted[0], counted.at(-1)];
  if (from === undefined || to === undefined) throw new Error('Nothing was sampled');
  const slope = (size: keyof Sizes): number =>
    Number(
      slopeOf(counted.map(({ minute, memory }) => ({ minute, value: sizesOf(memory)[size] }))).toFixed(2),
    );
  const slopes = {
    mainResident: slope('mainResident'),
    mainHeap: slope('mainHeap'),
    mainExternal: slope('mainExternal'),
    pageHeap: slope('pageHeap'),
    browserResident: slope('browserResident'),
  };
  const mostBitmapsOpen = Math.max(...samples.map(({ memory }) => memory.page.bitmapsOpen));
  return {
    ...rest,
    samples: samples.length,
    framesPainted: to.memory.page.bitmapsMade,
    slopes,
    from: sizesOf(from.memory),
    to: sizesOf(to.memory),
    mostBitmapsOpen,
    sessionsAfterwards: sessions,
    faults: [
      ...SIZES.filter((size) => size !== 'browserResident' && slopes[size] > STEEPEST).map(
        (size) => `${size} grows by ${slopes[size]} MB a minute`,
      ),
      ...(mostBitmapsOpen > MOST_BITMAPS ? [`${mostBitmapsOpen} bitmaps were open at a time`] : []),
      ...left,
    ],
  };
}

function sizesOf({ main, page, children }: Memory): Sizes {
  const megabytes = (bytes: number): number => Number((bytes / 1e6).toFixed(2));
  return {
    mainResident: megabytes(main.rss),
    mainHeap: megabytes(main.heap),
    mainExternal: megabytes(main.external),
    pageHeap: megabytes(page.heap),
    browserResident: megabytes(children ?? 0),
  };
}
