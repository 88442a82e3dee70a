import type { Bridge } from './page-bridge.ts';
import type { PermissionDetails } from './wire.ts';

/**
 * Lets the app's permission handlers answer at the moment a page asks. DevTools can only set what a permission is
 * from now on, so the page's own functions first ask main, which sets it, and then go on to the browser: the answer
 * the page gets is always the browser's. Self-contained: its own text runs in the page's main world.
 */
export function installGuards(bridge: Bridge): void {
  type Fn = (...args: unknown[]) => unknown;
  const ask = async (permission: string, details: PermissionDetails = {}): Promise<unknown> =>
    bridge.offered('permission')?.(permission, details);
  const isFunction = (v: unknown): v is Fn => typeof v === 'function';

  /** Replaces `owner[name]` with one that asks first. */
  function before(
    owner: object | undefined,
    name: string,
    permission: string,
    details: (args: unknown[]) => PermissionDetails = () => ({}),
  ): void {
    const original: unknown = owner && Reflect.get(owner, name);
    if (!owner || !isFunction(original)) return;
    const asking: Fn = async function (this: unknown, ...args) {
      await ask(permission, details(args));
      return original.apply(this, args);
    };
    Object.defineProperty(owner, name, {
      value: asking,
      writable: true,
      configurable: true,
      enumerable: true,
    });
  }

  const mediaTypes = ([constraints]: unknown[]): PermissionDetails => {
    const wanted = (kind: string): boolean =>
      typeof constraints === 'object' && constraints !== null && Boolean(Reflect.get(constraints, kind));
    return { mediaTypes: (['video', 'audio'] as const).filter(wanted) };
  };
  const isSysex = ([options]: unknown[]): boolean =>
    typeof options === 'object' && options !== null && Boolean(Reflect.get(options, 'sysex'));

  if ('mediaDevices' in navigator) before(MediaDevices.prototype, 'getUserMedia', 'media', mediaTypes);
  if ('mediaDevices' in navigator) before(MediaDevices.prototype, 'getDisplayMedia', 'display-capture');
  if ('clipboard' in navigator) {
    for (const name of ['read', 'readText']) before(Clipboard.prototype, name, 'clipboard-read');
    for (const name of ['write', 'writeText']) before(Clipboard.prototype, name, 'clipboard-sanitized-write');
  }
  if ('Notification' in window) before(Notification, 'requestPermission', 'notifications');
  if ('IdleDetector' in window && isFunction(window.IdleDetector)) {
    before(window.IdleDetector, 'requestPermission', 'idle-detection');
  }

  const midi: unknown = Reflect.get(Navigator.prototype, 'requestMIDIAccess');
  if (isFunction(midi)) {
    const asking: Fn = async function (this: unknown, ...args) {
      await ask(isSysex(args) ? 'midiSysex' : 'midi');
      return midi.apply(this, args);
    };
    Object.defineProperty(Navigator.prototype, 'requestMIDIAccess', { value: asking, configurable: true });
  }

  // These two call back instead of returning a promise; a watch needs its number at once.
  const { getCurrentPosition, watchPosition, clearWatch } = Geolocation.prototype;
  const watches = new Map<number, number | undefined>();
  let nextWatch = 0;
  Geolocation.prototype.getCurrentPosition = function (...args) {
    void ask('geolocation').finally(() => getCurrentPosition.apply(this, args));
  };
  Geolocation.prototype.watchPosition = function (...args) {
    const id = ++nextWatch;
    watches.set(id, undefined);
    void ask('geolocation').finally(() => {
      if (watches.has(id)) watches.set(id, watchPosition.apply(this, args));
    });
    return id;
  };
  Geolocation.prototype.clearWatch = function (id) {
    const native = watches.get(id);
    watches.delete(id);
    if (native !== undefined) clearWatch.call(this, native);
  };
}
