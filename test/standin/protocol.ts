/**
 * Types of the DevTools protocol. Playwright generates them for the Chromium line it drives, but does not list
 * them in its package exports, hence the path: the alternative is a second copy of the protocol.
 */
export type { Protocol } from '../../node_modules/playwright-core/types/protocol.d.ts';
