/** What the fixture app's preload exposes as `window.api`. */
export interface Api {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  on(channel: string, listener: (...args: unknown[]) => void): () => void;
  port(): Promise<{ call(data: unknown): Promise<unknown> }>;
  readonly plain: { nested: { list: number[] } };
  same(value: unknown): unknown;
  later(value: unknown): Promise<unknown>;
  refuse(): Promise<never>;
  raise(): never;
  call(fn: (...args: unknown[]) => unknown, ...args: unknown[]): unknown;
  pathOf(file: File): string;
  readonly facts: { argv: boolean; electron: string; type: string };
}
