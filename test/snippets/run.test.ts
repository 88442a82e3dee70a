import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { idOf, json, model, serve } from '../../electron/fal/fal.fixture.ts';
import { FAL_HOSTS } from '../../electron/fal/hosts.ts';
import type { FalHosts } from '../../electron/fal/hosts.ts';
import type { LocalModel } from '../../electron/local-fal/index.ts';
import { liveModel } from '../../electron/local-fal/realtime/testing.ts';
import type { JsonObject } from '../../shared/json.ts';
import { mediaReference } from '../../shared/media/reference.ts';
import type { CallMethod } from '../../shared/snippets/call.ts';
import { snippet } from '../../shared/snippets/snippet.ts';
import type { CodeLanguage } from '../../shared/snippets/snippet.ts';
import { startTestFal } from '../local-fal/index.ts';
import type { TestFal } from '../local-fal/index.ts';
import { NASTY } from './nasty.ts';
import { onPath, ROOT, workFolder } from './tools.ts';

/** Snippets as they stand, run: by bash with curl, by Node with fal's own client, by our own command line. */

const PICTURE = readFileSync(join(ROOT, 'build', 'icon.png'));
const SHA = '0123456789abcdef'.repeat(4);
const files = new Map([[SHA, { fileName: 'it\'s a "bird".png', contentType: 'image/png' }]]);
const given: unknown[] = [];
const ID = 'acme/bird/v1.5';
const bird: LocalModel = {
  ...model(ID),
  streams: true,
  async *run(input) {
    given.push(input);
    yield { kind: 'log', message: 'a line of its log' };
    yield { kind: 'output', data: { text: 'a song' } };
  },
};

const LIVE_ID = 'acme/singer/realtime';
const heard: unknown[] = [];
const singer = liveModel(LIVE_ID, {
  mode: 'unary',
  answer: (input) => {
    heard.push(input);
    return { text: 'sung back' };
  },
});
const sung = { prompt: NASTY[0] ?? '', steps: 4, list: [{ scale: 0.5, none: null }] };

let fal: TestFal;
beforeAll(async () => {
  fal = await startTestFal({ pace: 0, extraModels: [bird, singer], key: 'my:key' });
});
afterAll(() => fal.close());
afterEach(() => {
  given.length = 0;
  heard.length = 0;
});

/** What a process printed by its end, which must be a good one. */
async function output(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
): Promise<string> {
  const child = spawn(command, args, { cwd, env: { ...process.env, FAL_KEY: 'my:key', ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code]: unknown[] = await once(child, 'close');
  if (code !== 0) throw new Error(`${String(code)}: ${err}\n${out}`);
  return out;
}

const moved = (hosts: FalHosts): [string, string][] => [
  [FAL_HOSTS.queue, hosts.queue],
  [FAL_HOSTS.run, hosts.run],
  [FAL_HOSTS.rest, hosts.rest],
  [FAL_HOSTS.ws, hosts.ws],
];

/** The commands are the real ones; only where fal's hosts are is another place. */
const shellFunctions = (): string => `
curl() {
  local args=() arg
  for arg in "$@"; do
    ${moved(fal.hosts)
      .map(([theirs, ours]) => `arg="\${arg/#'${theirs}'/'${ours}'}"`)
      .join('\n    ')}
    args+=("$arg")
  done
  command curl "\${args[@]}"
}
npm() {
  [ "$1 $2 $3 $4" = 'run --silent fal --' ] || return 9
  '${process.execPath}' --disable-warning=ExperimentalWarning '${join(ROOT, 'scripts', 'fal.ts')}' "\${@:5}" --hosts '${fal.url}'
}
`;

async function runCode(
  language: CodeLanguage,
  input: JsonObject,
  method: CallMethod,
  id = ID,
): Promise<string> {
  const code = snippet(language, { endpoint: idOf(id), input, method, files });
  if (code === null) throw new Error(`no ${language} for ${method}`);
  const name = files.get(SHA)?.fileName.replaceAll('"', '_') ?? '';
  if (language === 'javascript') return runModule(code, { [name]: PICTURE }, fal.hosts);
  const folder = workFolder({ 'code.sh': code, 'env.sh': shellFunctions(), [name]: PICTURE });
  return output('bash', ['code.sh'], folder, { BASH_ENV: join(folder, 'env.sh') });
}

function runModule(
  code: string,
  more: Readonly<Record<string, string | Uint8Array>>,
  hosts: FalHosts,
): Promise<string> {
  const folder = workFolder({ 'code.mjs': code, ...more });
  const redirect = join(import.meta.dirname, 'redirect.mjs');
  return output(process.execPath, ['--import', redirect, 'code.mjs'], folder, {
    HOSTS: JSON.stringify(moved(hosts)),
  });
}

const nasty: JsonObject = {
  ...Object.fromEntries(NASTY.map((text, index) => [`${index}${text}`, text.toWellFormed()])),
  steps: 4,
  none: null,
  yes: true,
  list: [{ path: 'a', scale: 0.5 }],
};

describe.each([
  { language: 'javascript', have: true },
  { language: 'curl', have: onPath('bash') && onPath('curl') },
  { language: 'fal', have: onPath('bash') },
] as const)('$language', ({ language, have }) => {
  describe.skipIf(!have)('run', () => {
    test.each(['queue', 'run', 'stream'] as const)(
      '%s: the model gets the request, and its answer is printed',
      async (method) => {
        const out = await runCode(language, nasty, method);
        expect(given).toEqual([nasty]);
        expect(out).toContain('a song');
        const calls = fal.requests().filter(({ endpoint }) => endpoint === ID);
        expect(calls.every(({ authorized }) => authorized)).toBe(true);
      },
    );

    test('a request that is longer than an argument of a command may be', async () => {
      const long = { prompt: `it's ${'漢'.repeat(50_000)}` };
      await runCode(language, long, 'run');
      expect(given).toEqual([long]);
    });

    test('a file is put into the storage first, without the key, and its address is sent', async () => {
      await runCode(language, { image_url: mediaReference(SHA), more: [mediaReference(SHA)] }, 'run');
      const [input] = given;
      const url = String(Reflect.get(Object(input), 'image_url'));
      expect(given).toEqual([{ image_url: url, more: [url] }]);
      const got = await fetch(url);
      expect(got.headers.get('content-type')).toBe('image/png');
      expect(Buffer.from(await got.arrayBuffer()).equals(PICTURE)).toBe(true);
      const puts = fal.requests().filter(({ method }) => method === 'PUT');
      expect(puts.map(({ authorization }) => authorization)).not.toContain('valid');
    });
  });
});

describe.each([
  { language: 'javascript', have: true },
  { language: 'fal', have: onPath('bash') },
] as const)('$language, live', ({ language, have }) => {
  test.skipIf(!have)('the model gets the message, and its answer is printed', async () => {
    const out = await runCode(language, sung, 'realtime', LIVE_ID);
    expect(heard).toEqual([sung]);
    expect(out).toContain('sung back');
  });
});

test('a number beyond 2^53 leaves fal’s own client with every digit', async () => {
  const server = await serve((response) => json(response, 200, {}));
  const input = { seed: 9_223_372_036_854_775_807n, low: -9_007_199_254_740_993n };
  const code = snippet('javascript', { endpoint: idOf(ID), input, method: 'run', files });
  await runModule(code ?? '', {}, server.hosts);
  expect(server.seen.map(({ body }) => body)).toEqual([
    '{"seed":9223372036854775807,"low":-9007199254740993}',
  ]);
});
