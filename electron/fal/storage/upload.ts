import * as z from 'zod';
import { appError } from '../../../shared/fal/errors.ts';
import type { AppError } from '../../../shared/fal/errors.ts';
import { fail } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { FalConnection } from '../connection.ts';
import { lifecycleHeader } from '../../../shared/fal/lifecycle-header.ts';
import { lifecycleSchema } from '../../../shared/fal/lifecycle.ts';
import type { Lifecycle } from '../../../shared/fal/lifecycle.ts';
import { sendInParts } from './multipart.ts';
import { NOTHING_SENT } from './readable.ts';
import { sendWhole } from './single.ts';
import { openSource } from './source.ts';
import type { UploadSource } from './source.ts';

export type { UploadSource } from './source.ts';

export interface UploadOptions {
  readonly signal: AbortSignal;
  /** How long the file is kept, and who may read it; left to the account where it is not said. */
  readonly lifecycle?: Lifecycle | undefined;
  /** Told as bytes leave. What is sent again is counted again: `sent` may go back. */
  readonly progress?: (sent: number, total: number) => void;
  /** Milliseconds in which not a byte moves, after which a connection counts as broken; 60,000 if not given. */
  readonly stallLimit?: number;
}

/** Bytes that still go in one request; more go in parts (fal-protocol §8.2). */
export const MOST_IN_ONE = 90 * 1024 * 1024;

const STALL_LIMIT = 60_000;

/**
 * Puts a file into fal's storage and answers its address. Costs nothing and may be done twice, so that every failure that
 * may pass is tried again. Of a file of any size only a few pieces are held at a time. `signal` takes effect at once.
 */
export async function upload(
  connection: FalConnection,
  source: UploadSource,
  { signal, lifecycle = {}, progress, stallLimit = STALL_LIMIT }: UploadOptions,
): Promise<Result<string, AppError>> {
  const checked = lifecycleSchema.safeParse(lifecycle);
  if (!checked.success)
    return fail(
      appError('input', 'A file cannot be kept so', {
        detail: z.prettifyError(checked.error),
        hint: NOTHING_SENT,
      }),
    );
  const opened = await openSource(source);
  if (!opened.ok) return opened;
  const { bytes } = opened.value;
  let sent = 0;
  const moved = (more: number): void => {
    sent += more;
    progress?.(sent, bytes.size);
  };
  const way = { lifecycle: lifecycleHeader(checked.data), signal, stallLimit, moved };
  try {
    return await (bytes.size > MOST_IN_ONE ? sendInParts : sendWhole)(connection, opened.value, way);
  } finally {
    await bytes.close();
  }
}
