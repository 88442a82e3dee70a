/** Turns values into bytes and back, much as structured clone does. */
export interface Codec {
  /** Throws as Electron does ('An object could not be cloned.') for functions, symbols and promises. */
  encode(value: unknown): Uint8Array<ArrayBuffer>;
  /** The value; the buffers it owns are added to `buffers`, for whoever wants to transfer them. */
  decode(bytes: Uint8Array, buffers?: ArrayBuffer[]): unknown;
}

/**
 * Layout: u32 length of the header, header JSON `[tree, buffer lengths]`, then the buffers, each on 8 bytes.
 * The function is self-contained on purpose: its own text also runs in the page.
 */
export function createCodec(): Codec {
  type Tag =
    | { $t: 'undefined' }
    | { $t: 'bigint' | 'number'; v: string }
    | { $t: 'date'; v: number }
    | { $t: 'regexp'; v: string; flags: string }
    | { $t: 'buffer' | 'seen'; i: number }
    | { $t: 'view'; i: number; kind: string }
    | { $t: 'error'; v: string; name: string; stack: string | undefined }
    | { $t: 'map'; v: [Tree, Tree][] }
    | { $t: 'set'; v: Tree[] }
    | { $t: 'object'; v: [string, Tree][] };
  type Tree = null | string | number | boolean | Tree[] | Tag | { [key: string]: Tree };

  const views: Record<string, new (buffer: ArrayBuffer) => ArrayBufferView> = {
    Uint8Array,
    Int8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  };
  const isTag = (tree: Tag | { [key: string]: Tree }): tree is Tag => '$t' in tree;
  const text = new TextEncoder();
  const utf8 = new TextDecoder();
  const pad = (n: number): number => (n + 7) & ~7;

  function encode(value: unknown): Uint8Array<ArrayBuffer> {
    const buffers: Uint8Array[] = [];
    // Objects are numbered in the order met, on both sides: a cycle or a shared object travels as a number.
    const seen = new Map<object, number>();

    function view(v: ArrayBufferView): Tree {
      buffers.push(new Uint8Array(v.buffer, v.byteOffset, v.byteLength));
      // A Node Buffer arrives as a plain Uint8Array, as it does through structured clone.
      const name = v.constructor.name;
      return { $t: 'view', i: buffers.length - 1, kind: Object.hasOwn(views, name) ? name : 'Uint8Array' };
    }
    function object(v: object): Tree {
      if (v instanceof Date) return { $t: 'date', v: v.getTime() };
      if (v instanceof RegExp) return { $t: 'regexp', v: v.source, flags: v.flags };
      if (v instanceof ArrayBuffer) return { $t: 'buffer', i: buffers.push(new Uint8Array(v)) - 1 };
      if (ArrayBuffer.isView(v)) return view(v);
      if (v instanceof Promise || v instanceof WeakMap || v instanceof WeakSet) {
        throw new Error('An object could not be cloned.');
      }
      const known = seen.get(v);
      if (known !== undefined) return { $t: 'seen', i: known };
      seen.set(v, seen.size);
      if (v instanceof Error) return { $t: 'error', v: v.message, name: v.name, stack: v.stack };
      if (v instanceof Map) return { $t: 'map', v: Array.from(v, ([key, item]) => [walk(key), walk(item)]) };
      if (v instanceof Set) return { $t: 'set', v: Array.from(v, walk) };
      if (Array.isArray(v)) return Array.from(v, walk);
      const entries = Object.entries(v).map(([key, item]): [string, Tree] => [key, walk(item)]);
      return Object.hasOwn(v, '$t') ? { $t: 'object', v: entries } : Object.fromEntries(entries);
    }
    function walk(v: unknown): Tree {
      if (v === undefined) return { $t: 'undefined' };
      if (v === null || typeof v === 'string' || typeof v === 'boolean') return v;
      if (typeof v === 'number') {
        if (Object.is(v, -0)) return { $t: 'number', v: '-0' };
        return Number.isFinite(v) ? v : { $t: 'number', v: String(v) };
      }
      if (typeof v === 'bigint') return { $t: 'bigint', v: String(v) };
      if (typeof v === 'object') return object(v);
      throw new Error('An object could not be cloned.');
    }

    const tree = walk(value);
    const head = text.encode(JSON.stringify([tree, buffers.map((b) => b.byteLength)]));
    const start = pad(4 + head.byteLength);
    const out = new Uint8Array(buffers.reduce((n, b) => n + pad(b.byteLength), start));
    new DataView(out.buffer).setUint32(0, head.byteLength, true);
    out.set(head, 4);
    let at = start;
    for (const buffer of buffers) {
      out.set(buffer, at);
      at += pad(buffer.byteLength);
    }
    return out;
  }

  function decode(bytes: Uint8Array, buffers: ArrayBuffer[] = []): unknown {
    const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
    const [root, lengths]: [Tree, number[]] = JSON.parse(utf8.decode(bytes.subarray(4, 4 + header)));
    const own: ArrayBuffer[] = [];
    let at = pad(4 + header);
    for (const length of lengths) {
      const buffer = new ArrayBuffer(length);
      new Uint8Array(buffer).set(bytes.subarray(at, at + length));
      own.push(buffer);
      at += pad(length);
    }
    buffers.push(...own);
    const met: object[] = [];
    const bufferAt = (i: number): ArrayBuffer => own[i] ?? new ArrayBuffer(0);

    function fill(entries: [string, Tree][]): object {
      const out: Record<string, unknown> = {};
      met.push(out);
      for (const [key, item] of entries) {
        const value = walk(item);
        if (key !== '__proto__') out[key] = value;
        else Object.defineProperty(out, key, { value, writable: true, enumerable: true, configurable: true });
      }
      return out;
    }
    function container(tree: Tag & { $t: 'map' | 'set' | 'error' }): unknown {
      if (tree.$t === 'error') {
        const error = new Error(tree.v);
        error.name = tree.name;
        if (tree.stack !== undefined) error.stack = tree.stack;
        met.push(error);
        return error;
      }
      if (tree.$t === 'set') {
        const set = new Set<unknown>();
        met.push(set);
        for (const item of tree.v) set.add(walk(item));
        return set;
      }
      const map = new Map<unknown, unknown>();
      met.push(map);
      for (const [key, item] of tree.v) map.set(walk(key), walk(item));
      return map;
    }
    function tagged(tree: Tag): unknown {
      switch (tree.$t) {
        case 'undefined':
          return undefined;
        case 'bigint':
          return BigInt(tree.v);
        case 'number':
          return Number(tree.v);
        case 'date':
          return new Date(tree.v);
        case 'regexp':
          return new RegExp(tree.v, tree.flags);
        case 'buffer':
          return bufferAt(tree.i);
        case 'seen':
          return met[tree.i];
        case 'view':
          return new (views[tree.kind] ?? Uint8Array)(bufferAt(tree.i));
        case 'object':
          return fill(tree.v);
        default:
          return container(tree);
      }
    }
    function walk(tree: Tree): unknown {
      if (typeof tree !== 'object' || tree === null) return tree;
      if (Array.isArray(tree)) {
        const out: unknown[] = [];
        met.push(out);
        for (const item of tree) out.push(walk(item));
        return out;
      }
      return isTag(tree) ? tagged(tree) : fill(Object.entries(tree));
    }
    return walk(root);
  }
  return { encode, decode };
}
