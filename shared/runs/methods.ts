/**
 * How a model is called (fal-protocol §3, §4, §6).
 * - `queue`   put into fal's queue and followed by its id: survives everything
 * - `direct`  one call that is answered when the model is done: no id before, so a cut is `lost`
 * - `stream`  a direct call that is answered bit by bit
 */
export const methods = ['queue', 'direct', 'stream'] as const;
export type Method = (typeof methods)[number];
