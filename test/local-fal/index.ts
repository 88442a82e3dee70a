import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalFal, LocalFalOptions } from '../../electron/local-fal/index.ts';
import { startLocalFal } from '../../electron/local-fal/index.ts';
import { clockModel } from './clock.ts';
import { handleControl } from './control-routes.ts';
import { Faults } from './faults.ts';
import type { LiveRecords } from './live-log.ts';
import { LiveLog } from './live-log.ts';
import type { RequestRecord } from './request-log.ts';
import { RequestLog } from './request-log.ts';
import { ringModels } from './ring.ts';
import { loadSchemaModels } from './schemas.ts';
import type { Fate } from './seeded-faults.ts';

export { FAULT_NAMES, parseFault } from './faults.ts';
export type { LiveRecords, SessionRecord, TokenRecord } from './live-log.ts';
export type { RequestRecord } from './request-log.ts';
export { loadSchemaModels } from './schemas.ts';

export type TestFalOptions = Omit<LocalFalOptions, 'hooks'> & {
  /** A folder of OpenAPI documents, each served as a model. */
  readonly schemas?: string;
  /** With the models that are measured with; see ring.ts and clock.ts. The first start on a machine takes a while. */
  readonly ring?: boolean;
  /** See faults.ts. */
  readonly faults?: readonly string[];
  /** Told of each answer that a fault keeps for ever. */
  readonly onSilent?: (response: ServerResponse) => void;
};

export type TestFal = LocalFal & {
  /** Replaces the faults; held requests go on when their hold is no longer named. */
  setFaults(names: readonly string[]): void;
  /** Every request so far, but for those to `/_local`. */
  requests(): RequestRecord[];
  /** What befell each request by chance, by its id; see seeded-faults.ts. */
  fates(): ReadonlyMap<string, Fate>;
  /** Tokens given, handshakes met, and what became of each session. */
  live(): LiveRecords;
  /** Closes every open session, and says how many: 1005 without a code, 1006 without a word. */
  closeSessions(code: number, reason?: string): number;
  /** Sends a text frame to every open session. */
  tellSessions(message: unknown): number;
};

/** The local server with everything tests need: models from schemas, faults, a log of requests. */
export async function startTestFal(options: TestFalOptions = {}): Promise<TestFal> {
  const { schemas, ring = false, faults: names = [], extraModels = [], onSilent, ...rest } = options;
  const faults = new Faults(options.pace ?? 1, names, onSilent);
  const log = new RequestLog();
  const live = new LiveLog();
  const models = schemas === undefined ? [] : await loadSchemaModels(schemas);
  const server = await startLocalFal({
    ...rest,
    extraModels: [...models, ...(ring ? [...(await ringModels()), clockModel()] : []), ...extraModels],
    hooks: {
      ...faults.hooks,
      realtime: live.watch(faults.live.hooks),
      async onRequest(exchange) {
        if (exchange.host === null && exchange.path.startsWith('_local/')) {
          await handleControl(exchange, { faults, log, live });
          return true;
        }
        log.add(exchange);
        if (faults.delay > 0) await sleep(faults.delay);
        return faults.meet(exchange);
      },
    },
  });
  return {
    ...server,
    setFaults: (texts) => faults.set(texts),
    requests: () => log.list(),
    fates: () => faults.seeded.list(),
    live: () => live.list(),
    closeSessions: (code, reason) => faults.live.closeAll(code, reason),
    tellSessions: (message) => faults.live.tellAll(message),
  };
}
