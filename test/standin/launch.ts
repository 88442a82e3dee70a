/** What the command line said about the app, before any of its code runs. */
export interface Launch {
  /** Folder of the app, absolute: what `app.getAppPath()` answers. */
  readonly appPath: string;
  /** `productName`, else `name`, of the app's package.json. */
  readonly name: string;
  readonly version: string;
  /** Everything after the executable, as Electron would see it. */
  readonly argv: readonly string[];
  readonly packaged: boolean;
}

let current: Launch = { appPath: '', name: 'Electron', version: '0.0.0', argv: [], packaged: false };

/** Called once by boot, before the app is loaded. */
export function setLaunch(launch: Launch): void {
  current = launch;
}

/** The launch of this process. */
export function launch(): Launch {
  return current;
}

/** One line on stderr when STANDIN_DEBUG is set, else nothing. */
export function debug(...parts: unknown[]): void {
  if (process.env['STANDIN_DEBUG']) console.error('[standin]', ...parts);
}
