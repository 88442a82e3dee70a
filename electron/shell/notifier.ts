import { Notification } from 'electron';
import type { BrowserWindow } from 'electron';
import type { EndWords } from '../../shared/runs/end-words.ts';

/** A word of the system's about what happened while the window was elsewhere: the newest one only. */
export class Notifier {
  /** Kept, or it and what a click on it does would be collected. */
  #shown: Notification | null = null;

  show({ title, body }: EndWords, clicked: () => void): void {
    this.clear();
    if (!Notification.isSupported()) return;
    const shown = new Notification({ title, body });
    shown.on('click', () => {
      this.clear();
      clicked();
    });
    shown.show();
    this.#shown = shown;
  }

  /** What it tells of is seen. */
  clear(): void {
    this.#shown?.close();
    this.#shown = null;
  }
}

/** How far all runs are, on the window's button in the task bar or dock; `share` as of `Attention`. */
export function showProgress(window: BrowserWindow | null, share: number | null): void {
  if (window === null || window.isDestroyed()) return;
  // Where nothing has ended yet an empty bar would look like nothing going on. Only Windows knows more than a share.
  window.setProgressBar(share ?? -1, {
    mode: share === null ? 'none' : share === 0 ? 'indeterminate' : 'normal',
  });
}

/** Brings the window before the person. */
export function bring(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
