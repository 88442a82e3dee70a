import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** What the tests of the commands share. */

export const SCRIPT = fileURLToPath(new URL('../fal.ts', import.meta.url));

/** What a command said. */
export interface Told {
  readonly code: unknown;
  readonly lines: readonly unknown[];
  readonly errors: readonly unknown[];
}

interface Way {
  readonly key?: string | null;
  readonly stdin?: string;
  /** stdin stays open behind what it says. */
  readonly open?: boolean;
}

/** The command to its end: its lines, the errors, the exit code. */
export const fal = (args: readonly string[], way: Way = {}): Promise<Told> => command(SCRIPT, args, way);

/** The same of any script. */
export async function command(
  script: string,
  args: readonly string[],
  { key = 'demo:demo', stdin, open = false }: Way = {},
): Promise<Told> {
  const { FAL_KEY: _key, FAL_KEY_ID: _id, FAL_KEY_SECRET: _secret, ...env } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    env: key === null ? env : { ...env, FAL_KEY: key },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  // Left open where nothing is said: a command must not wait for a stdin that it does not read.
  if (stdin !== undefined) child.stdin.write(stdin);
  if (stdin !== undefined && !open) child.stdin.end();
  const [code]: unknown[] = await once(child, 'close');
  return { code, lines: read(out), errors: read(err) };
}

const read = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
