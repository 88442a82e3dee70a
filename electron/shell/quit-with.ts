import { app, dialog } from 'electron';

/** The end of a start that failed, in words. */
export function quitWith(error: unknown): void {
  dialog.showErrorBox(
    'fal Playground could not start',
    error instanceof Error ? error.message : String(error),
  );
  app.exit(1);
}
