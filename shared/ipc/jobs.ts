import * as z from 'zod';
import { runIdSchema, runSchema } from '../runs/run.ts';
import { command, nothing } from './define.ts';

export const jobCommands = {
  /** Every run that is not over, oldest first: also those far back in the history. */
  'jobs.list': command(nothing, z.array(runSchema)),
};

export const jobEvents = {
  /** A word about runs that ended was clicked: the run it told of, or null where it told of several. */
  'jobs.wanted': z.object({ id: runIdSchema.nullable() }),
};
