import * as fc from 'fast-check';
import { isJsonObject, parseJson, stringifyJson } from '../../shared/json.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';

/** What has broken one language or another: quotes, escapes, expansions, ends of elements, what nobody sees. */
export const NASTY: readonly string[] = [
  `it's "quoted" \`twice\``,
  "'''",
  `'"'"'`,
  '"""',
  '$HOME ${HOME} $(id) `id` !! !x #{1} %s %(a)s {x}',
  '\\ \\n \\u0041 \\\\ \\',
  'two\nlines\r\nand\ta tab',
  '</script><!-- <script> -->',
  '\u2028 \u2029 \u0085 \u0000 \u001b[31m \u007f \ufeff',
  '\u202egnp.exe\u202c \u2066x\u2069',
  'é ü 漢字 👩‍🎤 🏳️‍🌈 \u{10ffff}',
  '\ud800 and \udc00\ud800',
  'EOF\nJSON\nEND\n',
  '@file -o out --data x',
  '__proto__',
  'constructor',
  'None',
  '',
  ' ',
];

const text = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
);

const { tree } = fc.letrec<{ tree: JsonValue }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.constantFrom(true, false, null),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(text, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

/** Inputs as they are after a request was read: -0 is 0, and small bigints are numbers. */
export const nastyInput: fc.Arbitrary<JsonObject> = fc
  .dictionary(text, tree, { maxKeys: 5, noNullPrototype: true })
  .map((input) => read(stringifyJson(input)));

export function read(json: string): JsonObject {
  const parsed = parseJson(json);
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error(`No JSON object: ${json.slice(0, 200)}`);
  return parsed.value;
}
