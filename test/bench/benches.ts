import { fiftyRuns } from './fifty-runs.ts';
import { findModel } from './find-model.ts';
import { history } from './history.ts';
import { largePicture } from './large-picture.ts';
import { largestForm } from './largest-form.ts';
import { liveFrame } from './live-frame.ts';
import { liveSocket } from './live-socket.ts';
import { logLines } from './log-lines.ts';
import { openChoices } from './open-choices.ts';
import { queueCompletion } from './queue-completion.ts';
import type { Bench } from './row.ts';
import { streamLatency } from './stream-latency.ts';
import { tokenToScreen } from './token-to-screen.ts';
import { upload } from './upload.ts';

/** In the order of the table. */
export const benches: readonly Bench[] = [
  streamLatency,
  queueCompletion,
  tokenToScreen,
  logLines,
  largePicture,
  liveSocket,
  liveFrame,
  upload,
  findModel,
  largestForm,
  openChoices,
  fiftyRuns,
  history,
];
