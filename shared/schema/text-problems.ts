import { isJsonObject, parseJson } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { locate } from '../json-places.ts';
import type { Span } from '../json-places.ts';
import { checkInput } from './check.ts';
import type { ModelForm } from './field.ts';
import type { Path } from './path.ts';
import { unknownNames } from './unknown-names.ts';

/** Something about a stretch of a request that was written as text. */
export interface TextProblem extends Span {
  /** `syntax`: nothing is read before it is mended; `refused`: fal would; `note`: it is sent as it is. */
  readonly kind: 'syntax' | 'refused' | 'note';
  /** Where in the request, as one would write it in code: `loras[0].scale`; empty for the whole. */
  readonly path: string;
  /** Without a full stop. */
  readonly message: string;
  /** From 1. */
  readonly line: number;
}

export interface Remark {
  readonly path: Path;
  readonly message: string;
}

export type RequestText =
  | { readonly kind: 'request'; readonly request: JsonObject }
  /** Nothing is written, which asks for nothing in particular. */
  | { readonly kind: 'empty' }
  /** `why` is for JSON that is still no request. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** What a text says as a request. */
export function readRequest(text: string): RequestText {
  if (text.trim() === '') return { kind: 'empty' };
  const read = parseJson(text);
  if (!read.ok)
    return {
      kind: 'unreadable',
      why: 'A number is too large to be sent, or lists stand too deep in each other',
    };
  return isJsonObject(read.value)
    ? { kind: 'request', request: read.value }
    : { kind: 'unreadable', why: 'A request is an object, in braces' };
}

/**
 * All that can be said of a request as it is written, each at its place: where it stops being JSON, what the schema refuses,
 * what `others` said of it (fal, after a run), and names the schema does not know. What is missing stands at the opening of
 * what it is missing in. In the order of the text. `read` is what the text says, where that is known already.
 */
export function textProblems(
  text: string,
  form: ModelForm | null,
  others: readonly Remark[] = [],
  read: RequestText = readRequest(text),
): readonly TextProblem[] {
  if (read.kind === 'empty') return [];
  if (read.kind === 'unreadable') {
    const { mistake } = locate(text, []);
    const span = mistake ?? { ...openingOf(wholeOf(text)), message: read.why };
    return [{ kind: 'syntax', path: '', ...span, line: lineAt(text, span.from) }];
  }
  const refused = form === null ? [] : checkInput(form, read.request);
  const said = new Set(refused.map(({ path, message }) => JSON.stringify([path, message])));
  const more = others.filter(({ path, message }) => !said.has(JSON.stringify([path, message])));
  const unknown = form === null ? [] : unknownNames(form, read.request);
  const remarks = [
    ...[...refused, ...more].map((remark) => ({ ...remark, kind: 'refused' as const })),
    ...unknown.map((path) => ({ path, message: UNKNOWN, kind: 'note' as const })),
  ];
  // What is missing has no place of its own: the innermost thing around it that is there has one.
  const paths = remarks.flatMap(({ path }) => path.map((_, end) => path.slice(0, end + 1)));
  const { places } = locate(text, [[], ...paths]);
  const [whole, ...found] = places;
  let at = 0;
  const problems = remarks.map(({ kind, path, message }) => {
    const along = found.slice(at, (at += path.length));
    const place = along.at(-1);
    const around = along.findLast((step) => step !== null) ?? whole;
    const span =
      place == null
        ? openingOf(around?.value ?? wholeOf(text))
        : kind === 'note'
          ? (place.key ?? place.value)
          : place.value;
    return { kind, path: pathWords(path), message, ...span };
  });
  return withLines(
    text,
    problems.toSorted((a, b) => a.from - b.from),
  );
}

const UNKNOWN = 'Not in the model’s schema; sent as it is';

const wholeOf = (text: string): Span => ({ from: 0, to: text.length });
const openingOf = ({ from, to }: Span): Span => ({ from, to: Math.min(to, from + 1) });

/** `a`, `a[0].b`, `a["x y"]`. */
function pathWords(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[A-Za-z_$][\w$-]*$/.test(step)) return index === 0 ? step : `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

function withLines(text: string, sorted: readonly Omit<TextProblem, 'line'>[]): readonly TextProblem[] {
  let line = 1;
  let counted = 0;
  return sorted.map((problem) => {
    line += breaks(text, counted, problem.from);
    counted = problem.from;
    return { ...problem, line };
  });
}

const lineAt = (text: string, at: number): number => 1 + breaks(text, 0, at);

function breaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
