import { parseArgs } from 'node:util';
import type { LocalFalOptions } from '../electron/local-fal/index.ts';
import { DEFAULT_KEY } from '../electron/local-fal/index.ts';
import { parseFault, startTestFal } from '../test/local-fal/index.ts';

const USAGE = `usage: local-fal [--port N] [--key K] [--pace X] [--schemas DIR] [--ring] [--fault NAME]... [--verbose]

  --port N       port on 127.0.0.1, 0 (default) for a free one
  --key K        the key to demand; default: LOCAL_FAL_KEY, else ${DEFAULT_KEY}
  --pace X       1 (default) takes a real service's time, 0 none
  --schemas DIR  serve every OpenAPI document under DIR as a model
  --ring         serve the live models that are measured with; the first time takes a while
  --fault NAME   misbehave; may be repeated (see test/local-fal/faults.ts and live-faults.ts)
  --verbose      log requests to stderr
`;

type Arguments = {
  readonly port: number;
  readonly pace: number;
  readonly key: string;
  readonly schemas: string | null;
  readonly ring: boolean;
  readonly faults: readonly string[];
  readonly verbose: boolean;
};

function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '0' },
      key: { type: 'string' },
      pace: { type: 'string', default: '1' },
      schemas: { type: 'string' },
      ring: { type: 'boolean', default: false },
      fault: { type: 'string', multiple: true, default: [] },
      verbose: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`--port ${values.port} is not a port`);
  const pace = Number(values.pace);
  if (!Number.isFinite(pace) || pace < 0)
    throw new Error(`--pace ${values.pace} is not a number of at least 0`);
  for (const fault of values.fault) parseFault(fault);
  return {
    port,
    pace,
    // An empty variable is one that was not meant.
    key: values.key ?? (process.env['LOCAL_FAL_KEY'] || DEFAULT_KEY),
    schemas: values.schemas ?? null,
    ring: values.ring,
    faults: values.fault,
    verbose: values.verbose,
  };
}

function fail(error: unknown, code: number, usage: boolean): never {
  process.stderr.write(`local-fal: ${error instanceof Error ? error.message : String(error)}\n`);
  if (usage) process.stderr.write(`\n${USAGE}`);
  process.exit(code);
}

const log: NonNullable<LocalFalOptions['onFinished']> = ({ method, request, response }) => {
  process.stderr.write(`${response.statusCode} ${method} ${request.url ?? ''}\n`);
};

async function main(args: Arguments): Promise<void> {
  const server = await startTestFal({
    port: args.port,
    key: args.key,
    pace: args.pace,
    faults: args.faults,
    ring: args.ring,
    ...(args.schemas === null ? {} : { schemas: args.schemas }),
    ...(args.verbose ? { onFinished: log } : {}),
  });
  process.stdout.write(`${JSON.stringify(server.hosts)}\n`);
  const stop = () => void server.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

let given: Arguments;
try {
  given = readArguments(process.argv.slice(2));
} catch (error) {
  fail(error, 2, true);
}
main(given).catch((error: unknown) => fail(error, 1, false));
