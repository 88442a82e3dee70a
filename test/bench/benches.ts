import { findModel } from './find-model.ts';
import { liveFrame } from './live-frame.ts';
import { liveSocket } from './live-socket.ts';
import type { Bench } from './row.ts';
import { upload } from './upload.ts';

/** In the order of the table. */
export const benches: readonly Bench[] = [liveSocket, liveFrame, upload, findModel];
