import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { runStateSchema } from '../../shared/runs/run.ts';
import type { RunStateKind } from '../../shared/runs/run.ts';

const kinds = runStateSchema.options.map((option) => option.shape.kind.value);
const saidSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened'), setAside: z.string().nullable(), unwritable: z.string().nullable() }),
  z.object({ type: z.literal('recovered') }),
  z.object({ type: z.literal('started'), endpoint: z.string(), accepted: z.boolean() }),
  z.object({ type: z.literal('told'), endpoint: z.string(), state: z.enum(kinds) }),
  z.object({ type: z.literal('logged'), id: z.int(), lines: z.array(z.string()) }),
  z.object({ type: z.literal('notice'), sentence: z.string() }),
  z.object({ type: z.literal('over') }),
]);
export type Said = z.infer<typeof saidSchema>;

export interface Order {
  readonly dir: string;
  readonly url: string;
  readonly endpoints: readonly string[];
  readonly cancelOn: RunStateKind | null;
}

/** One life of the main process. */
export interface Life {
  /** Everything it said so far. */
  readonly said: readonly Said[];
  /** The first thing said, now or later, of which `fits` is true; null when it ended without saying it. */
  readonly heard: (fits: (said: Said) => boolean) => Promise<Said | null>;
  /** The network is back: everything is asked for at once, and when nothing is under way it ends. */
  readonly finish: () => void;
  /** Nothing of ours runs any more once this is answered, and all it said has been read. */
  readonly kill: () => Promise<void>;
  /** Resolves with what it wrote to stderr, when it has ended by itself or was killed. */
  readonly ended: Promise<string>;
}

const child = fileURLToPath(new URL('./kill-child.ts', import.meta.url));

export function begin(order: Order): Life {
  const program = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', child, JSON.stringify(order)],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  // It may be gone already.
  program.stdin.on('error', () => undefined);
  const said: Said[] = [];
  const listeners = new Set<() => void>();
  let over = false;
  let errors = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const tellAll = (): void => {
    for (const listener of listeners) listener();
  };
  const lines = createInterface({ input: program.stdout });
  lines.on('line', (line) => {
    // The kill may have come in the middle of a line.
    if (!line.endsWith('}')) return;
    said.push(saidSchema.parse(JSON.parse(line)));
    tellAll();
  });
  const ended = Promise.all([
    new Promise<void>((resolve) => program.once('close', () => resolve())),
    new Promise<void>((resolve) => lines.once('close', () => resolve())),
  ]).then(() => {
    over = true;
    tellAll();
    return errors;
  });
  return {
    said,
    heard: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = said.find(fits);
          if (found === undefined && !over) return;
          listeners.delete(look);
          resolve(found ?? null);
        };
        listeners.add(look);
        look();
      }),
    finish: () => void program.stdin.write('\n'),
    kill: async () => {
      program.kill('SIGKILL');
      await ended;
    },
    ended,
  };
}
