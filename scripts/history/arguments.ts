import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { AppError } from '../../shared/fal/errors.ts';
import { historyOrders } from '../../shared/history/found.ts';
import type { HistoryOrder } from '../../shared/history/found.ts';
import type { ChosenRuns, ExportForm } from '../../shared/ipc/transfer.ts';
import type { Result } from '../../shared/result.ts';
import { readWith } from '../read-arguments.ts';

const COMMANDS = ['search', 'export', 'import', 'csv', 'verify'] as const;

const USAGE =
  'npm run --silent history -- search [WORDS] | export PATH | import PATH | csv PATH | verify, with [--dir DIR] and options; see README.md, "The history from a shell"';

/** `dir` is the folder of the app's data. */
export type Invocation = { readonly dir: string } & (
  | {
      readonly command: 'search';
      readonly text: string;
      readonly order: HistoryOrder;
      /** The most runs that are printed. */
      readonly limit: number;
    }
  | {
      readonly command: 'export';
      readonly path: string;
      readonly form: ExportForm;
      readonly chosen: ChosenRuns;
    }
  | { readonly command: 'csv'; readonly path: string; readonly chosen: ChosenRuns }
  | { readonly command: 'import'; readonly path: string }
  | { readonly command: 'verify' }
);

/** Everything that can be known to be wrong without opening anything. */
export function readArguments(args: readonly string[]): Result<Invocation, AppError> {
  return readWith(invocationOf, args, USAGE);
}

/** Throws a sentence for the person, as `parseArgs` does. */
function invocationOf(args: readonly string[]): Invocation {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      dir: { type: 'string' },
      search: { type: 'string' },
      ids: { type: 'string' },
      month: { type: 'string' },
      order: { type: 'string' },
      limit: { type: 'string' },
    },
  });
  const [name, ...rest] = positionals;
  const command = COMMANDS.find((known) => known === name);
  const dir = resolve(values.dir ?? defaultDir(process.platform, process.env));
  const path = (): string => {
    const [only, ...more] = rest;
    if (only === undefined || more.length > 0) throw new Error(`${name} needs one path`);
    return resolve(only);
  };
  switch (command) {
    case 'search': {
      const order = historyOrders.find((known) => known === (values.order ?? 'newest'));
      if (order === undefined) throw new Error(`--order is one of ${historyOrders.join(', ')}`);
      const limit = values.limit ?? '100';
      if (!/^[1-9]\d{0,6}$/.test(limit)) throw new Error(`--limit is a number above 0, and not ${limit}`);
      return { command, dir, text: rest.join(' '), order, limit: Number(limit) };
    }
    case 'export': {
      const to = path();
      return {
        command,
        dir,
        path: to,
        form: to.endsWith('.zip') ? 'zip' : 'folder',
        chosen: chosenOf(values),
      };
    }
    case 'csv':
      return { command, dir, path: path(), chosen: chosenOf(values) };
    case 'import':
      return { command, dir, path: path() };
    case 'verify':
      if (rest.length > 0) throw new Error('verify takes no path but --dir');
      return { command, dir };
    default:
      throw new Error(`A command is one of ${COMMANDS.join(', ')}`);
  }
}

interface Chosen {
  readonly search?: string | undefined;
  readonly ids?: string | undefined;
  readonly month?: string | undefined;
}

function chosenOf({ search, ids, month }: Chosen): ChosenRuns {
  if ([search, ids, month].filter((one) => one !== undefined).length > 1)
    throw new Error('Only one of --search, --ids and --month');
  if (month !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new Error(`--month is a month such as 2026-11, and not ${month}`);
  if (ids === undefined)
    return { kind: 'search', text: month === undefined ? (search ?? '') : `date:${month}` };
  const list = ids.split(',').map(Number);
  if (!list.every((id) => Number.isSafeInteger(id) && id > 0))
    throw new Error('--ids are numbers with commas between');
  return { kind: 'ids', ids: list };
}

/** Where the app keeps its data on this system. */
export function defaultDir(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const name = 'fal Playground';
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', name);
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), name);
  return join(env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), name);
}
