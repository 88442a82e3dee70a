/** What a run gave, as lists and searches tell runs apart; a run may be of several. */
export const resultKinds = ['image', 'video', 'audio', '3d', 'file', 'text'] as const;
export type ResultKind = (typeof resultKinds)[number];

/** How a run stands, as lists and searches tell runs apart. */
export const runStandings = ['done', 'failed', 'cancelled', 'lost', 'unconfirmed', 'running'] as const;
export type RunStanding = (typeof runStandings)[number];
