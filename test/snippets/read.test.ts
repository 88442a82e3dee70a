import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idOf } from '../../electron/fal/fal.fixture.ts';
import { parseJson } from '../../shared/json.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { readArguments } from '../../scripts/fal/arguments.ts';
import { callMethods } from '../../shared/snippets/call.ts';
import type { CallMethod } from '../../shared/snippets/call.ts';
import { codeLanguages, snippet } from '../../shared/snippets/snippet.ts';
import type { CodeLanguage } from '../../shared/snippets/snippet.ts';
import { nastyInput, NASTY, read } from './nasty.ts';
import { onPath, workFolder } from './tools.ts';

/** What each language itself reads in a snippet, beside the request it was made of. */

const ID = 'acme/bird/v1.5';
const code = (language: CodeLanguage, input: JsonObject, method: CallMethod = 'queue', id = ID): string => {
  const text = snippet(language, { endpoint: idOf(id), input, method, files: new Map() });
  if (text === null) throw new Error(`no ${language} for ${method}`);
  return text;
};
const everything: JsonObject = Object.fromEntries(NASTY.map((text, index) => [`${index}${text}`, text]));

/** In the place of the commands: says what each was given, and answers nothing. */
const SAYING = `
exec 3>&1 >/dev/null
say() {
  printf '%s\\0' "$#" "$@" >&3
  case " $* " in *" - "*|*" @- "*) cat >&3 ;; esac
  printf '\\0' >&3
}
npm() { say "$@"; }
curl() { say "$@"; }
`;

/** What bash makes of a script's words: the arguments and the standard input of each `npm` and `curl` in it. */
function bashCalls(script: string): { readonly args: readonly string[]; readonly stdin: string }[] {
  const folder = workFolder({ 'functions.sh': SAYING, 'code.sh': script });
  const done = spawnSync('bash', [join(folder, 'code.sh')], {
    encoding: 'utf8',
    input: '',
    maxBuffer: 1e8,
    env: { ...process.env, BASH_ENV: join(folder, 'functions.sh'), FAL_KEY: 'a:b' },
  });
  if (done.status !== 0 || done.stderr !== '') throw new Error(`bash: ${done.status} ${done.stderr}`);
  const words = done.stdout.split('\0');
  const calls = [];
  for (let at = 0; at < words.length - 1;) {
    const count = Number(words[at]);
    calls.push({ args: words.slice(at + 1, at + 1 + count), stdin: words[at + 1 + count] ?? '' });
    at += count + 2;
  }
  return calls;
}

/** The endpoint and the input that a module of JavaScript hands to the client. */
async function javascriptCall(script: string): Promise<{ readonly id: unknown; readonly input: JsonObject }> {
  const body = script.replace(/^import .*$/gm, '');
  const seen: { id: unknown; input: JsonObject }[] = [];
  const hear = (id: unknown, options: unknown): void => {
    const json = stringified(Reflect.get(Object(options), 'input'));
    seen.push({ id, input: read(json) });
  };
  const client = {
    subscribe: (id: unknown, options: unknown) => (hear(id, options), { data: {}, requestId: '' }),
    run: (id: unknown, options: unknown) => (hear(id, options), { data: {}, requestId: '' }),
  };
  const run = compileFunction(`return (async () => {${body}})()`, ['fal', 'console']);
  await Reflect.apply(run, null, [client, { log: () => undefined }]);
  const [call] = seen;
  if (call === undefined) throw new Error('no call');
  return call;
}

/** As the client writes it; `JSON.stringify` alone knows what `JSON.rawJSON` made. */
const stringified = (value: unknown): string => JSON.stringify(value) ?? '';

describe('what JavaScript reads is the request', () => {
  test('every nasty text', async () => {
    expect(await javascriptCall(code('javascript', everything))).toEqual({ id: ID, input: everything });
  });
  test('any request', async () => {
    await fc.assert(
      fc.asyncProperty(nastyInput, async (input) => {
        expect(await javascriptCall(code('javascript', input, 'run'))).toEqual({ id: ID, input });
      }),
    );
  });
  test('nothing in it can end a script element', () =>
    expect(code('javascript', everything)).not.toMatch(/<\/|<!--/));
});

describe.skipIf(!onPath('bash'))('what bash reads is the request', () => {
  /** The input that our client is given by a line of its own. */
  const byLine = (input: JsonObject): unknown => {
    const [call] = bashCalls(code('fal', input));
    expect(call?.args.slice(0, 4)).toEqual(['run', '--silent', 'fal', '--']);
    const said = readArguments(call?.args.slice(4) ?? []);
    expect(said).toMatchObject({ ok: true, value: { method: 'subscribe', target: ID } });
    const given = said.ok ? said.value.input : null;
    return read(given === '-' ? (call?.stdin ?? '') : (given ?? ''));
  };
  /** The body that curl is given. */
  const byCurl = (input: JsonObject): unknown => {
    const [submit] = bashCalls(code('curl', input));
    const body = submit?.args.at(-1) ?? '';
    expect(submit?.args).toContain(`https://queue.fal.run/${ID}`);
    expect(submit?.args).toContain('Authorization: Key a:b');
    return read(body === '@-' ? (submit?.stdin ?? '') : body);
  };
  test.each([
    { what: 'a line of our client', given: byLine },
    { what: 'a call of curl', given: byCurl },
  ])('$what: every nasty text, and any request', ({ given }) => {
    expect(given(everything)).toEqual(everything);
    fc.assert(
      fc.property(nastyInput, (input) => {
        expect(given(input)).toEqual(input);
      }),
      { numRuns: 40 },
    );
  });
});

describe.skipIf(!onPath('python3'))('what Python reads is the request', () => {
  const calls = (scripts: readonly string[]): JsonValue => {
    const done = spawnSync('python3', [join(import.meta.dirname, 'arguments.py')], {
      input: JSON.stringify(scripts),
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    const answer = parseJson(done.stdout);
    if (!answer.ok) throw new Error(`${done.stderr}\n${answer.message}`);
    return answer.value;
  };
  const call = (method: string, input: JsonObject, path: string | null = null, endpoint = ID) => ({
    method,
    endpoint,
    arguments: input,
    path,
  });
  test('any request, and every nasty text', () => {
    const inputs = [everything, ...fc.sample(nastyInput, 300)];
    expect(calls(inputs.map((input) => code('python', input)))).toEqual(
      inputs.map((input) => call('subscribe', input)),
    );
  });
  test('each way to ask', () => {
    const scripts = [
      code('python', {}, 'run'),
      code('python', {}, 'stream'),
      code('python', {}, 'stream', 'acme/bird/stream'),
    ];
    expect(calls(scripts)).toEqual([
      call('run', {}),
      call('stream', {}),
      call('stream', {}, '', 'acme/bird/stream'),
    ]);
  });
});

test('no snippet holds a key or asks for one in another way than the environment', () => {
  for (const language of codeLanguages)
    for (const method of callMethods) {
      const text = snippet(language, { endpoint: idOf(ID), input: {}, method, files: new Map() }) ?? '';
      expect(text.match(/Authorization: (?!Key \$FAL_KEY")|credentials|api_key/g)).toBeNull();
    }
});

test('curl has no live session', () => {
  expect(snippet('curl', { endpoint: idOf(ID), input: {}, method: 'realtime', files: new Map() })).toBeNull();
});

test('a number beyond 2^53 keeps its digits in every language', () => {
  const seed = 9_223_372_036_854_775_807n;
  for (const language of codeLanguages) expect(code(language, { seed })).toContain(String(seed));
});
