import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBareId } from './address.ts';
import { readPaste } from './paste.ts';

const ID = 'fal-ai/flux/dev';
const UUID = '764cabcf-b745-4b3e-ae38-1200304cf45b';
const opened = (endpointId: string, values: unknown = null, unread: readonly string[] = []) => ({
  kind: 'model',
  endpointId,
  values,
  unread,
});

describe('an id or an address', () => {
  it.each([
    [ID, ID],
    [` /${ID}/ \n`, ID],
    [`https://fal.ai/models/${ID}`, ID],
    [`https://www.fal.ai/models/${ID}/playground?share=1b2c#x`, ID],
    [`fal.ai/models/${ID}/api`, ID],
    [`https://fal.ai/models/${ID}/llms.txt`, ID],
    ['https://fal.ai/models/workflows/mia/poster/api', 'workflows/mia/poster'],
    ['https://fal.ai/models/fal-ai%2Fflux%2Fdev', ID],
    [`https://queue.fal.run/${ID}`, ID],
    [`https://fal.run/${ID}?fal_webhook=x`, ID],
    ['wss://fal.run/fal-ai/lcm/realtime', 'fal-ai/lcm/realtime'],
    [`https://fal.ai/api/openapi/queue/openapi.json?endpoint_id=${ID}`, ID],
    ['https://api.fal.ai/v1/models?limit=1&endpoint_id=fal-ai%2Fflux%2Fdev', ID],
  ])('%s', (text, endpointId) => expect(readPaste(text)).toEqual(opened(endpointId)));

  it.each([
    [UUID, null],
    [` ${UUID.toUpperCase()}`, null],
    [`https://queue.fal.run/fal-ai/flux/requests/${UUID}/status`, 'fal-ai/flux'],
    [`https://fal.ai/dashboard/requests/${UUID}`, null],
    [
      `curl https://queue.fal.run/fal-ai/flux/requests/${UUID} -H "Authorization: Key $FAL_KEY"`,
      'fal-ai/flux',
    ],
  ])('a request: %s', (text, endpointId) =>
    expect(readPaste(text)).toEqual({ kind: 'request', requestId: UUID, endpointId }),
  );

  it.each([
    'flux',
    'flux dev',
    'text/image to video',
    'https://evil.example/models/a/b',
    'https://evilfal.run/a/b',
    'https://fal.run.evil.example/a/b',
    'https://fal.ai/pricing',
    'https://fal.ai/models/../../x',
    'fal-ai/../secret',
    '',
    '[1, 2]',
    'a note: curl up, run("home"), fal-ai',
  ])('no model: %s', (text) => expect(readPaste(text)).toEqual({ kind: 'nothing' }));
});

describe('code as fal’s pages show it', () => {
  it('JavaScript', () => {
    const code = `import { fal } from "@fal-ai/client";

const result = await fal.subscribe("${ID}", {
  input: {
    prompt: "a wren, \\"close\\"",
    image_size: { width: 512, height: 768 },
    seed: 12345678901234567890, // kept
    image_url: file,
  },
  logs: true,
  onQueueUpdate: (update) => {
    if (update.status === "IN_PROGRESS") { update.logs.map((log) => log.message).forEach(console.log); }
  },
});
console.log(result.data);`;
    const values = {
      prompt: 'a wren, "close"',
      image_size: { width: 512, height: 768 },
      seed: 12345678901234567890n,
    };
    expect(readPaste(code)).toEqual(opened(ID, values, ['image_url']));
  });

  it('JavaScript without input, with options first, or live', () => {
    expect(readPaste(`fal.run('${ID}')`)).toEqual(opened(ID));
    expect(
      readPaste(`await fal.queue.submit(\n  '${ID}', { webhookUrl: "https://x", input: { a: 1 } })`),
    ).toEqual(opened(ID, { a: 1 }));
    expect(readPaste(`fal.realtime.connect("fal-ai/lcm", { onResult: (r) => r })`)).toEqual(
      opened('fal-ai/lcm'),
    );
    expect(readPaste(`fal.run("${ID}", { input })`)).toEqual(opened(ID, null, ['input']));
  });

  it('Python', () => {
    const code = `import fal_client

def on_queue_update(update):
    if isinstance(update, fal_client.InProgress):
        for log in update.logs:
           print(log["message"])

result = fal_client.subscribe(
    "${ID}",
    with_logs=True,
    arguments={
        'prompt': 'a wren '  # isn't it
                  'on a post',
        "loop": False, "seed": None, "image_url": fal_client.upload_file("a.png"),
    },
    on_queue_update=on_queue_update,
)`;
    const values = { prompt: 'a wren on a post', loop: false, seed: null };
    expect(readPaste(code)).toEqual(opened(ID, values, ['image_url']));
    expect(readPaste(`await fal_client.submit_async("${ID}", {"a": 1}, path="/x")`)).toEqual(opened(ID));
    expect(readPaste(`fal_client.run("${ID}", arguments=args)`)).toEqual(opened(ID, null, ['arguments']));
  });

  it('a shell', () => {
    const code = `response=$(curl --request POST \\
  --url https://queue.fal.run/${ID} \\
  --header "Authorization: Key $FAL_KEY" \\
  --data '{
     "prompt": "it'\\''s a wren", "seed": 12345678901234567890
   }')
REQUEST_ID=$(echo "$response" | grep -o '"request_id": *"[^"]*"')`;
    expect(readPaste(code)).toEqual(opened(ID, { prompt: "it's a wren", seed: 12345678901234567890n }));
    expect(readPaste(`curl -d "{\\"a\\": 1}" 'https://fal.run/${ID}'`)).toEqual(opened(ID, { a: 1 }));
    expect(readPaste(`curl fal.run/${ID} --json={a:1} -d @file`)).toEqual(opened(ID));
    expect(readPaste(`npm run --silent fal -- run ${ID} '{"a": 1}' --logs`)).toEqual(opened(ID, { a: 1 }));
  });

  it('any other that names an address', () => {
    expect(
      readPaste(`fetch("https://fal.run/${ID}", { method: "POST", body: JSON.stringify({ a: 1 }) })`),
    ).toEqual(opened(ID, { a: 1 }));
    expect(readPaste(`requests.post("https://fal.run/${ID}", headers=h, json={"a": True})`)).toEqual(
      opened(ID, { a: true }),
    );
    expect(readPaste(`have you seen https://fal.ai/models/${ID}?`)).toEqual(opened(ID));
  });
});

describe('a request’s JSON', () => {
  it('alone, exactly or as a person writes it', () => {
    expect(readPaste('{"prompt": "a", "seed": 12345678901234567890}')).toEqual({
      kind: 'values',
      values: { prompt: 'a', seed: 12345678901234567890n },
      unread: [],
    });
    expect(readPaste("{ prompt: 'a', model: 'google/gemini', steps: n, }")).toEqual({
      kind: 'values',
      values: { prompt: 'a', model: 'google/gemini' },
      unread: ['steps'],
    });
  });

  it.each([
    [{ endpoint: ID, input: { a: 1 } }, { a: 1 }],
    [{ endpoint_id: ID, arguments: { a: 1 }, logs: true }, { a: 1 }],
    [{ endpointId: ID, a: 1 }, { a: 1 }],
    [{ endpoint: ID }, null],
  ])('with its model beside it: %j', (request, values) =>
    expect(readPaste(JSON.stringify(request, null, 2))).toEqual(opened(ID, values)),
  );
});

describe('whatever is pasted', () => {
  it('is never a fault', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('{', '}', '"', "'", '`', '\\', '${', '"""', '/*', '#', ',', ':', '(', ')', '\n'),
      fc.constantFrom('curl ', 'fal.run("', `subscribe('${ID}', `, 'https://fal.run/', 'input: ', '--data '),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(readPaste(pieces.join(''))).toHaveProperty('kind');
      }),
      { numRuns: 500 },
    );
  });

  // Were any of these read over and over from each of its places, the test would run out of its time.
  it.each([
    ['quotes left open', '"'],
    ['calls with a template left open', 'run(`'],
    ['braces', '{'],
    ['brackets', '['],
    ['objects', '{a:'],
    ['lists that close wrongly', '[}'],
    ['remarks left open', '/*'],
    ['backslashes', '\\'],
    ['addresses', 'https://fal.run/ '],
    ['equal signs', ',x='],
    ['white space', ' '],
    ['letters', 'a'],
  ])('of a megabyte is read in time: %s', (_name, unit) => {
    const long = unit.repeat(1_000_000 / unit.length);
    for (const before of ['', '{ a: ', `fal.run("${ID}", `, `fal.run("${ID}", { input: { a: `, 'curl -d "'])
      expect(readPaste(before + long)).toHaveProperty('kind');
  });
});

it('an id alone is told from an address and from code', () => {
  expect(['acme/bird', ' image/png ', '24/7'].filter(isBareId)).toHaveLength(3);
  const others = ['https://fal.ai/models/acme/bird', 'fal.run/acme/bird', 'queue.fal.run/acme/bird', 'bird'];
  expect(others.filter(isBareId)).toEqual([]);
});
