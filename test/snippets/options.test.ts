import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { idOf } from '../../electron/fal/fal.fixture.ts';
import { readArguments } from '../../scripts/fal/arguments.ts';
import { readPaste } from '../../shared/fal/paste/paste.ts';
import type { RequestOptions } from '../../shared/fal/request-options.ts';
import type { CallMethod } from '../../shared/snippets/call.ts';
import { codeLanguages, snippet } from '../../shared/snippets/snippet.ts';
import type { CodeLanguage } from '../../shared/snippets/snippet.ts';
import { onPath, workFolder } from './tools.ts';

/** What is asked for beside the input stands in the code too, or a remark says that it does not. */

const ID = 'acme/bird';
const input = { prompt: 'a wren' };
const OPTIONS: RequestOptions = {
  path: 'v2/edit',
  priority: 'low',
  hint: "-night's",
  startTimeout: 30,
  timeout: 90,
  stallTimeout: 20,
  noRetry: true,
  retryConfig: { server_error: { retries: 3 } },
  storeIo: false,
  lifecycle: { expiresIn: '7d', initialAcl: { default: 'forbid' } },
  disableFallback: true,
  headers: { 'x-team': `it's "ours" $HOME` },
  webhookUrl: 'https://example.com/done?a=b&c=d',
  maxQueueLength: 5,
};
const HEADERS = {
  'x-team': `it's "ours" $HOME`,
  'x-fal-queue-priority': 'low',
  'x-fal-runner-hint': "-night's",
  'x-fal-request-timeout': '30',
  'x-fal-no-retry': '1',
  'x-fal-retry-config': '{"server_error":{"retries":3}}',
  'x-fal-store-io': '0',
  'x-app-fal-disable-fallback': 'true',
  'x-fal-object-lifecycle-preference':
    '{"expiration_duration_seconds":604800,"initial_acl":{"default":"forbid"}}',
};

function code(language: CodeLanguage, method: CallMethod, options: RequestOptions = OPTIONS): string {
  const text = snippet(language, { endpoint: idOf(ID), input, method, options, files: new Map() });
  if (text === null) throw new Error(`no ${language} for ${method}`);
  return text;
}

/** The words of each command called so, as bash reads them. */
function bashWords(name: string, script: string): string[] {
  const functions = `exec 3>&1 >/dev/null\n${name}() { printf '%s\\0' "$@" >&3; }\n`;
  const folder = workFolder({ 'functions.sh': functions, 'code.sh': script });
  const env = { ...process.env, BASH_ENV: join(folder, 'functions.sh'), FAL_KEY: 'a:b' };
  const done = spawnSync('bash', [join(folder, 'code.sh')], { encoding: 'utf8', input: '', env });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout.split('\0');
}

describe.skipIf(!onPath('bash'))('in a shell', () => {
  test.each(['queue', 'run', 'stream'] as const)('our own line of %s asks for every option', (method) => {
    const words = bashWords('npm', code('fal', method));
    const said = readArguments(words.slice(4, -1));
    const { headers, ...rest } = OPTIONS;
    expect(said).toMatchObject({ ok: true, value: { target: ID, options: { ...rest, headers } } });
  });

  test('curl sends the headers, and the address has the path and the query', () => {
    const words = bashWords('curl', code('curl', 'queue'));
    expect(words).toContain(
      'https://queue.fal.run/acme/bird/v2/edit?fal_webhook=https%3A%2F%2Fexample.com%2Fdone%3Fa%3Db%26c%3Dd&fal_max_queue_length=5',
    );
    for (const [name, value] of Object.entries(HEADERS)) expect(words).toContain(`${name}: ${value}`);
    expect(code('curl', 'queue')).toContain('# Set in the app, with no place in this call: timeout 90');
  });

  test('curl gives up as was asked for', () => {
    const words = bashWords('curl', code('curl', 'stream'));
    expect(words.join(' ')).toContain('--max-time 90 --speed-limit 1 --speed-time 20');
    expect(words).toContain('https://fal.run/acme/bird/v2/edit');
  });
});

describe('JavaScript', () => {
  test('through the queue', () => {
    const text = code('javascript', 'queue');
    expect(text).toContain('fal.subscribe("acme/bird/v2/edit", {');
    for (const line of [
      'priority: "low",',
      'startTimeout: 30,',
      'timeout: 90000,',
      'webhookUrl: "https://example.com/done?a=b&c=d",',
      'storageSettings: {expiresIn: "7d", initialAcl: {default: "forbid"}},',
      '"x-fal-store-io": "0"',
      '"x-fal-runner-hint": "-night\'s"',
      `"x-team": "it's \\"ours\\" $HOME"`,
    ])
      expect(text).toContain(line);
    expect(text).toContain(
      '// Set in the app, with no place in this call: stallTimeout 20, maxQueueLength 5',
    );
  });

  test('directly and as a stream it says what the client cannot do', () => {
    const direct = code('javascript', 'run');
    expect(direct).toContain('abortSignal: AbortSignal.timeout(90000),');
    expect(direct).toContain('// Set in the app, with no place in this call: hint "-night\'s"');
    const stream = code('javascript', 'stream');
    expect(stream).toContain('url: "https://fal.run/acme/bird/v2/edit",');
    expect(stream).toContain('storeIo false');
  });
});

describe.skipIf(!onPath('python3'))('Python', () => {
  const WORDS = `
import ast, json, sys
call = next(n for n in ast.walk(ast.parse(sys.stdin.read())) if isinstance(n, ast.Call) and getattr(getattr(n.func, "value", None), "id", "") == "fal_client")
json.dump({w.arg: ast.literal_eval(w.value) for w in call.keywords if w.arg != "on_queue_update"}, sys.stdout)`;
  const wordsOf = (text: string): unknown => {
    const done = spawnSync('python3', ['-c', WORDS], { input: text, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(done.stderr);
    return JSON.parse(done.stdout);
  };
  const {
    'x-fal-queue-priority': priority,
    'x-fal-runner-hint': hint,
    'x-fal-request-timeout': _,
    ...headers
  } = HEADERS;
  const path = '/v2/edit';

  test('each call has its words, and the headers the rest', () => {
    expect(wordsOf(code('python', 'queue'))).toEqual({
      arguments: input,
      path,
      priority,
      hint,
      start_timeout: 30,
      client_timeout: 90,
      with_logs: true,
      headers,
    });
    const direct: RequestOptions = { path: 'v2/edit', timeout: 90, hint: 'night', storeIo: false };
    expect(wordsOf(code('python', 'run', direct))).toEqual({
      arguments: input,
      path,
      hint: 'night',
      timeout: 90,
      headers: { 'x-fal-store-io': '0' },
    });
    expect(wordsOf(code('python', 'stream', direct))).toEqual({
      arguments: input,
      path,
      timeout: 90,
      headers: { 'x-fal-runner-hint': 'night', 'x-fal-store-io': '0' },
    });
    expect(code('python', 'queue')).toContain(
      '# Set in the app, with no place in this call: stallTimeout 20',
    );
  });
});

test.each(codeLanguages)(
  '%s: with options beside it, what is pasted again is the same request',
  (language) => {
    const { path: _, ...options } = OPTIONS;
    expect(readPaste(code(language, 'queue', options))).toMatchObject({ endpointId: ID, values: input });
  },
);
