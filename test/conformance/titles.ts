import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

/** The titles of the tests of a file, as they are written in it; what a comment or a string says is no test. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const known = new Map<string, ReadonlySet<string>>();

/** `file` is a path from the root of the project. */
export function titlesOf(file: string): ReadonlySet<string> {
  const titles = known.get(file) ?? titlesIn(readFileSync(join(root, file), 'utf8'));
  known.set(file, titles);
  return titles;
}

/**
 * The title of each `test` or `it`, and of each `describe` that holds one; none of what is skipped or still to do, alone or
 * with what is around it. One that is run for each row of a table stands here as it is written and, where the row's name can
 * be read, also with that in place of the first `%s`, `%i` or `$name`.
 */
export function titlesIn(text: string): ReadonlySet<string> {
  const { program, errors } = parseSync('titles.test.ts', text);
  if (errors.length > 0) throw new Error(errors[0]?.message);
  return new Set(collect(program, program, text));
}

function collect(part: unknown, program: unknown, text: string): readonly string[] {
  const titles: string[] = [];
  walk(part, (node) => {
    const call = callOf(node, text);
    if (call === null) return true;
    const [kind, ...words] = call.words;
    if (words.includes('skip') || words.includes('todo')) return false;
    const inner = collect(node['arguments'], program, text);
    titles.push(...inner);
    if (call.title === null || (kind === 'describe' && inner.length === 0)) return false;
    titles.push(call.title);
    for (const name of call.table === null ? [] : namesOf(call.table, text, program))
      titles.push(call.title.replace(/%[si]|\$name/, () => name));
    return false;
  });
  return titles;
}

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const nodes = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : []);

/** `look` says whether to look inside too. */
function walk(value: unknown, look: (node: Node) => boolean): void {
  if (isNode(value) && (Array.isArray(value) || look(value)))
    for (const part of Object.values(value)) walk(part, look);
}

interface Call {
  /** `test`, `it` or `describe`, and what stands behind its points. */
  readonly words: readonly string[];
  readonly title: string | null;
  /** Of `each`. */
  readonly table: unknown;
}

function callOf(node: Node, text: string): Call | null {
  if (node['type'] !== 'CallExpression') return null;
  const words: string[] = [];
  let [at, table]: [unknown, unknown] = [node['callee'], null];
  while (isNode(at) && at['type'] !== 'Identifier') {
    if (at['type'] === 'CallExpression') {
      table = nodes(at['arguments'])[0] ?? null;
      at = at['callee'];
    } else if (at['type'] === 'MemberExpression' && isNode(at['property'])) {
      words.unshift(String(at['property']['name']));
      at = at['object'];
    } else return null;
  }
  const kind = isNode(at) ? at['name'] : null;
  if (kind !== 'test' && kind !== 'it' && kind !== 'describe') return null;
  const title = textOf(nodes(node['arguments'])[0], text);
  return { words: [kind, ...words], title, table: words.includes('each') ? table : null };
}

/** A text as it stands in the source; a template with its `${…}`. */
function textOf(node: unknown, text: string): string | null {
  if (!isNode(node)) return null;
  if (node['type'] === 'Literal') return String(node['value']);
  return node['type'] === 'TemplateLiteral'
    ? text.slice(Number(node['start']) + 1, Number(node['end']) - 1)
    : null;
}

/** The rows of a table that is written in the same file. */
function rowsOf(table: unknown, program: unknown): readonly Node[] {
  if (!isNode(table)) return [];
  switch (table['type']) {
    case 'ArrayExpression':
      return nodes(table['elements']).flatMap((row) =>
        row['type'] === 'SpreadElement' ? rowsOf(row['argument'], program) : [row],
      );
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return rowsOf(table['expression'], program);
    case 'CallExpression': {
      // `.map((x) => row)`: one row stands for all.
      const [make] = nodes(table['arguments']);
      return make?.['type'] === 'ArrowFunctionExpression' ? nodes([make['body']]) : [];
    }
    case 'Identifier': {
      const rows: Node[] = [];
      walk(program, (node) => {
        const is =
          node['type'] === 'VariableDeclarator' && isNode(node['id']) && node['id']['name'] === table['name'];
        if (is) rows.push(...rowsOf(node['init'], program));
        return !is;
      });
      return rows;
    }
    default:
      return [];
  }
}

function namesOf(table: unknown, text: string, program: unknown): readonly string[] {
  return rowsOf(table, program).flatMap((row) => {
    const inner =
      row['type'] === 'ParenthesizedExpression' && isNode(row['expression']) ? row['expression'] : row;
    const named = nodes(inner['properties']).find(({ key }) => isNode(key) && key['name'] === 'name');
    const name = textOf(named?.['value'] ?? nodes(inner['elements'])[0] ?? inner, text);
    return name === null ? [] : [name];
  });
}
