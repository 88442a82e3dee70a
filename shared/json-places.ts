import type { Path } from './schema/path.ts';

/** A stretch of a text in UTF-16 units; `to` is the first that does not belong to it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Place {
  readonly value: Span;
  /** Of its name with the quotes; null for an item of a list and for the whole. */
  readonly key: Span | null;
}

/** Where a text stops being JSON, and why, in words without a full stop. */
export interface Mistake extends Span {
  readonly message: string;
}

export interface Located {
  /** Null for text that is JSON. */
  readonly mistake: Mistake | null;
  /** For each path that was asked for; null where there is nothing, or a mistake stands before it. */
  readonly places: readonly (Place | null)[];
}

/**
 * Finds values in JSON text by their paths, and the first mistake in text that is none. In one pass that keeps nothing of
 * what was not asked for, for texts of megabytes. A name given twice means the last, as it does to `JSON.parse`.
 */
export function locate(text: string, paths: readonly Path[]): Located {
  const wanted = new Wanted();
  const ends = paths.map((path) => path.reduce((node: Wanted, step) => node.grow(String(step)), wanted));
  const mistake = new Reader(text).read(wanted);
  return { mistake, places: ends.map(({ place }) => place) };
}

/** The paths asked for, as a tree. */
class Wanted {
  place: Place | null = null;
  readonly below = new Map<string, Wanted>();

  grow(step: string): Wanted {
    const known = this.below.get(step) ?? new Wanted();
    this.below.set(step, known);
    return known;
  }

  forget(): void {
    this.place = null;
    for (const node of this.below.values()) node.forget();
  }
}

/** A list or an object that is being read. */
interface Open {
  readonly close: ']' | '}';
  readonly from: number;
  readonly key: Span | null;
  readonly node: Wanted | undefined;
  items: number;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}\p{N}_$.+-]+/uy;
const ESCAPE = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;

class Reader {
  readonly #text: string;
  #at = 0;
  #mistake: Mistake | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  read(root: Wanted): Mistake | null {
    const open: Open[] = [];
    let node: Wanted | undefined = root;
    let key: Span | null = null;
    for (;;) {
      // A value begins here.
      this.#blank();
      const from = this.#at;
      const first = this.#text[from];
      let ended = true;
      if (first === '{' || first === '[') {
        this.#at += 1;
        open.push({ close: first === '{' ? '}' : ']', from, key, node, items: 0 });
        this.#blank();
        const close = open.at(-1)?.close;
        if (close !== undefined && this.#text[this.#at] === close) {
          this.#at += 1;
          open.pop();
        } else ended = false;
      } else if (!this.#plain(first)) return this.#mistake;
      if (ended && node !== undefined) node.place = { value: { from, to: this.#at }, key };
      // What follows a value closes what it stands in, or is the next one's comma.
      while (ended) {
        const inside = open.at(-1);
        this.#blank();
        if (inside === undefined)
          return this.#at === this.#text.length ? null : this.#wrong('Nothing may follow the end');
        const next = this.#text[this.#at];
        if (next === inside.close) {
          this.#at += 1;
          open.pop();
          if (inside.node !== undefined)
            inside.node.place = { value: { from: inside.from, to: this.#at }, key: inside.key };
        } else if (next === ',') {
          const comma = this.#at;
          this.#at += 1;
          this.#blank();
          if (this.#text[this.#at] === inside.close)
            return this.#wrong('Nothing follows this comma', { from: comma, to: comma + 1 });
          ended = false;
        } else return this.#wrong(`A comma or ${inside.close} is expected`);
      }
      const inside = open.at(-1);
      if (inside === undefined) return this.#mistake;
      if (inside.close === ']') {
        key = null;
        node = inside.node?.below.get(String(inside.items));
      } else {
        key = this.#key();
        if (key === null) return this.#mistake;
        node = inside.node?.below.get(this.#name(key));
        node?.forget();
      }
      inside.items += 1;
    }
  }

  /** A text, a number or a word; false after a mistake. */
  #plain(first: string | undefined): boolean {
    if (first === '"') return this.#string() !== null;
    if (first === undefined) return this.#fail('The text ends before a value');
    if (first === "'") return this.#fail('A text stands in double quotes');
    if (first === '/' || first === '#') return this.#fail('JSON has no comments');
    const from = this.#at;
    if (/[-\d]/.test(first)) this.#skip(NUMBER);
    else
      for (const word of ['true', 'false', 'null'])
        if (this.#text.startsWith(word, from)) this.#at += word.length;
    const to = this.#at;
    this.#skip(WORD);
    if (this.#at > from && this.#at === to) return true;
    this.#at = Math.max(this.#at, from + 1);
    const span = { from, to: this.#at };
    this.#wrong(/[-\d]/.test(first) ? 'This is no number' : 'A value is expected', span);
    return false;
  }

  /** A name and its colon; null after a mistake. */
  #key(): Span | null {
    this.#blank();
    if (this.#text[this.#at] !== '"') {
      this.#fail(
        this.#at < this.#text.length ? 'A name in double quotes is expected' : 'The text ends before its }',
      );
      return null;
    }
    const key = this.#string();
    if (key === null) return null;
    this.#blank();
    if (this.#text[this.#at] !== ':') {
      this.#fail('A colon is expected');
      return null;
    }
    this.#at += 1;
    return key;
  }

  #name({ from, to }: Span): string {
    const name: unknown = JSON.parse(this.#text.slice(from, to));
    return String(name);
  }

  #string(): Span | null {
    const from = this.#at;
    for (let at = from + 1; at < this.#text.length; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === 0x22) {
        this.#at = at + 1;
        return { from, to: at + 1 };
      }
      if (code === 0x5c) {
        this.#at = at + 1;
        this.#skip(ESCAPE);
        if (this.#at === at + 1) {
          this.#wrong('There is no such escape', { from: at, to: Math.min(at + 2, this.#text.length) });
          return null;
        }
        at = this.#at - 1;
      } else if (code < 0x20) {
        const words =
          code === 0x0a || code === 0x0d
            ? 'A line break in a text is written \\n'
            : 'A control character is written \\u and its number';
        this.#wrong(words, { from: at, to: at + 1 });
        return null;
      }
    }
    this.#wrong('This text has no closing quote', { from, to: this.#text.length });
    return null;
  }

  #blank(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }

  #skip(what: RegExp): void {
    what.lastIndex = this.#at;
    if (what.test(this.#text)) this.#at = what.lastIndex;
  }

  #fail(message: string): false {
    this.#wrong(message);
    return false;
  }

  #wrong(message: string, span?: Span): Mistake {
    // At the end there is nothing to mark but what stands before.
    const from = Math.max(0, Math.min(this.#at, this.#text.length - 1));
    this.#mistake = { message, ...(span ?? { from, to: Math.min(from + 1, this.#text.length) }) };
    return this.#mistake;
  }
}
