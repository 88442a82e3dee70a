import type { Memory } from './memory-probe.ts';

/** Nodes that one screen differs by from the same screen a moment later: a message, a number. */
const NODES_A_SESSION = 20;

/**
 * What so many sessions, each opened and closed in between, have left behind: one sentence each. Sockets and timers come and
 * go by themselves, so only what grows with the sessions counts.
 */
export function leftOver(before: Memory, after: Memory, sessions: number): readonly string[] {
  const first = countsOf(before);
  return Object.entries(countsOf(after)).flatMap(([what, count]) => {
    const more = count - (first[what] ?? 0);
    return more >= Math.ceil(sessions / 2) ? [`${more} more ${what} after ${sessions} sessions`] : [];
  });
}

const countsOf = ({ main, page }: Memory): Readonly<Record<string, number>> => ({
  'listeners in the page': page.listeners,
  'ports in the page': page.ports,
  'scores of nodes in the page': Math.round(page.nodes / NODES_A_SESSION),
  ...Object.fromEntries(Object.entries(main.resources).map(([kind, count]) => [`${kind} in main`, count])),
});
