/** What the app object needs to know of a window; the window classes stand on the app, not the other way round. */
export interface OpenWindow {
  close(): void;
  destroy(): void;
}

/** Windows not yet closed, oldest first. */
export const openWindows = new Set<OpenWindow>();
