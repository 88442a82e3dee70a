import { EventEmitter } from 'node:events';
import type Electron from 'electron';

type Source = Electron.NativeTheme['themeSource'];

class NativeTheme extends EventEmitter {
  #source: Source = 'system';

  get themeSource(): Source {
    return this.#source;
  }

  set themeSource(source: Source) {
    this.#source = source;
    this.emit('updated');
  }

  /** The stand-in's system is a light one, as headless Chromium's is. */
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
}

/** Electron's `nativeTheme`: sets `prefers-color-scheme` in every window. */
export const nativeTheme = new NativeTheme();
nativeTheme.setMaxListeners(0);
nativeTheme satisfies Pick<Electron.NativeTheme, 'themeSource' | 'shouldUseDarkColors'>;
