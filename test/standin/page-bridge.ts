/** One JS world's end of the contextBridge. */
export interface Bridge {
  /** Isolated world: puts a frozen copy of `api` on the page's window. */
  expose(key: string, api: unknown): void;
  /** Isolated world: hands a function to the other world's stand-in code, which page scripts cannot see. */
  offer(name: string, fn: (...args: unknown[]) => unknown): void;
  /** Main world: a function offered by the other side, or undefined. */
  offered(name: string): ((...args: unknown[]) => unknown) | undefined;
}

/**
 * Electron's contextBridge between two JS worlds of one page: synchronous calls over DOM events, whose `detail`
 * Chromium clones from world to world. Values are copied, functions and promises become proxies, both ways.
 * The function is self-contained: its own text runs in both worlds, before any script of the page.
 */
export function createBridge(token: string, me: 'page' | 'preload'): Bridge {
  type Fn = (...args: unknown[]) => unknown;
  interface Answer {
    ok: boolean;
    value: unknown;
  }
  interface Settlement extends Answer {
    id: number;
  }
  const other = me === 'page' ? 'preload' : 'page';
  // Taken now: a page script may replace them later.
  const dispatch = window.dispatchEvent.bind(window);
  const listen = window.addEventListener.bind(window);
  const Custom = CustomEvent;

  const own = new Map<number, Fn>();
  const ids = new WeakMap<object, number>();
  const proxies = new Map<number, Fn>();
  const settlements = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  const offers = new Map<string, Fn>();
  const exposed = new Set<string>();
  let nextId = 0;
  let answer: Answer | undefined;

  const send = (type: string, detail: unknown): void => {
    dispatch(new Custom(`${token}:${other}:${type}`, { detail }));
  };
  const on = <T>(type: string, listener: (detail: T) => void): void => {
    listen(
      `${token}:${me}:${type}`,
      (event) => {
        event.stopImmediatePropagation();
        // A value that cannot be cloned arrives as null; the caller then finds no answer and says so.
        if (event instanceof Custom && event.detail !== null) listener(event.detail);
      },
      true,
    );
  };
  const isPlain = (v: unknown): v is Record<string, unknown> => {
    if (typeof v !== 'object' || v === null) return false;
    const proto: unknown = Object.getPrototypeOf(v);
    return proto === Object.prototype || proto === null;
  };
  const isFunction = (v: unknown): v is Fn => typeof v === 'function';
  const isTagged = (v: Record<string, unknown>): boolean => '$fn' in v || '$promise' in v || '$plain' in v;
  const mapObject = (v: Record<string, unknown>, f: (item: unknown) => unknown): Record<string, unknown> =>
    Object.fromEntries(Object.entries(v).map(([key, item]) => [key, f(item)]));

  function pack(v: unknown): unknown {
    if (isFunction(v)) {
      let id = ids.get(v);
      if (id === undefined) {
        id = ++nextId;
        ids.set(v, id);
        own.set(id, v);
      }
      return { $fn: id };
    }
    if (v instanceof Promise) {
      const id = ++nextId;
      v.then(
        (value: unknown) => send('settle', { id, ok: true, value: pack(value) }),
        (error: unknown) => send('settle', { id, ok: false, value: pack(error) }),
      );
      return { $promise: id };
    }
    if (Array.isArray(v)) return v.map(pack);
    if (!isPlain(v)) return v;
    const copy = mapObject(v, pack);
    return isTagged(v) ? { $plain: copy } : copy;
  }

  function proxy(id: number): Fn {
    const known = proxies.get(id);
    if (known) return known;
    const call: Fn = (...args) => {
      answer = undefined;
      send('call', { id, args: pack(args) });
      // The other side has answered by now, if it could.
      const got: Answer | undefined = answer;
      answer = undefined;
      return open(got);
    };
    proxies.set(id, call);
    return call;
  }
  function open(got: Answer | undefined): unknown {
    if (!got) throw new Error('An object could not be cloned.');
    if (!got.ok) throw unpack(got.value);
    return unpack(got.value);
  }

  function unpack(v: unknown): unknown {
    if (Array.isArray(v)) return v.map(unpack);
    if (!isPlain(v)) return v;
    if (typeof v['$fn'] === 'number') return proxy(v['$fn']);
    if (typeof v['$promise'] === 'number') {
      const id = v['$promise'];
      return new Promise((resolve, reject) => settlements.set(id, { resolve, reject }));
    }
    return mapObject(isPlain(v['$plain']) ? v['$plain'] : v, unpack);
  }

  function freeze(v: unknown): unknown {
    if (!isPlain(v) && !Array.isArray(v)) return v;
    for (const item of Object.values(v)) freeze(item);
    return Object.freeze(v);
  }

  on<{ id: number; args: unknown[] }>('call', ({ id, args }) => {
    let result: Answer;
    try {
      result = { ok: true, value: pack(own.get(id)?.(...args.map(unpack))) };
    } catch (error) {
      result = { ok: false, value: error };
    }
    send('answer', result);
  });
  on<Answer>('answer', (got) => {
    answer = got;
  });
  on<Settlement>('settle', ({ id, ok, value }) => {
    const waiting = settlements.get(id);
    settlements.delete(id);
    if (ok) waiting?.resolve(unpack(value));
    else waiting?.reject(unpack(value));
  });
  on<{ key: string; api: unknown }>('expose', ({ key, api }) => {
    Object.defineProperty(window, key, { value: freeze(unpack(api)), enumerable: true });
  });
  on<{ name: string; fn: unknown }>('offer', ({ name, fn }) => {
    const usable = unpack(fn);
    if (isFunction(usable)) offers.set(name, usable);
  });

  return {
    expose: (key, api) => {
      if (exposed.has(key)) {
        throw new Error('Cannot bind an API on top of an existing property on the window object');
      }
      exposed.add(key);
      send('expose', { key, api: pack(api) });
    },
    offer: (name, fn) => send('offer', { name, fn: pack(fn) }),
    offered: (name) => offers.get(name),
  };
}
