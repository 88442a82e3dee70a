/** Messages from the page to main, over the IPC channel. */
export type Up =
  | { op: 'invoke'; id: number; channel: string; args: unknown[] }
  | { op: 'send'; channel: string; args: unknown[] }
  | { op: 'postMessage'; channel: string; message: unknown; ports: string[] }
  | { op: 'port'; id: string; data: unknown }
  | { op: 'portclose'; id: string }
  | { op: 'permission'; id: number; permission: string; details: PermissionDetails }
  | { op: 'files'; id: number };

/** Messages from main to the page. */
export type Down =
  | { op: 'reply'; id: number; ok: boolean; value: unknown }
  | { op: 'send'; channel: string; args: unknown[]; ports: string[] }
  | { op: 'port'; id: string; data: unknown }
  | { op: 'portclose'; id: string };

/** What a page's permission request says beyond its name. */
export interface PermissionDetails {
  readonly mediaTypes?: readonly ('video' | 'audio')[];
}

/** What the preload side is told of its window. */
export interface PageConfig {
  /** Names the events between the JS worlds; no page script knows it. */
  readonly token: string;
  /** Opens the IPC channel. */
  readonly ipcToken: string;
  readonly port: number;
  /** Names of the two functions of the slow channel, for pages not served by the stand-in. */
  readonly binding: string;
  readonly receiver: string;
  readonly platform: string;
  readonly argv: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}
