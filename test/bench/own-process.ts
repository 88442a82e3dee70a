import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { Measured } from './own-thread.ts';

const measuredSchema = z.array(z.number());

/** A process that answers each message with the figures of one more round; for what a thread shares, such as memory. */
export function inOwnProcess(script: URL, data: unknown): Measured {
  const child = fork(fileURLToPath(script), [JSON.stringify(data)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const ended = once(child, 'exit');
  return {
    measure: async () => {
      const answered = once(child, 'message');
      child.send('measure');
      const first = await Promise.race([answered, ended.then(() => null)]);
      if (first === null) throw new Error(`${fileURLToPath(script)} ended in the middle`);
      return measuredSchema.parse(first[0]);
    },
    end: async () => {
      child.kill();
      await ended;
    },
  };
}
