/** What runs are gathered by, under a heading each. */
export const groupings = ['day', 'session', 'batch', 'model', 'none'] as const;
export type Grouping = (typeof groupings)[number];

export const historyViews = ['grid', 'list'] as const;
export type HistoryView = (typeof historyViews)[number];

/** Least width of a tile, in px. */
export const TILE_SIZES = { least: 96, most: 320, step: 16, usual: 176 } as const;

/** How the history's list is shown until somebody shows it otherwise. */
export const USUAL_LOOK = { view: 'grid', size: TILE_SIZES.usual, order: 'newest', grouping: 'day' } as const;
