import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalFal, LocalFalOptions } from '../../electron/local-fal/index.ts';
import { startLocalFal } from '../../electron/local-fal/index.ts';
import { handleControl } from './control-routes.ts';
import { Faults } from './faults.ts';
import type { RequestRecord } from './request-log.ts';
import { RequestLog } from './request-log.ts';
import { loadSchemaModels } from './schemas.ts';

export { FAULT_NAMES, parseFault } from './faults.ts';
export type { RequestRecord } from './request-log.ts';
export { loadSchemaModels } from './schemas.ts';

export type TestFalOptions = Omit<LocalFalOptions, 'hooks'> & {
  /** A folder of OpenAPI documents, each served as a model. */
  readonly schemas?: string;
  /** See faults.ts. */
  readonly faults?: readonly string[];
};

export type TestFal = LocalFal & {
  /** Replaces the faults; held requests go on when their hold is no longer named. */
  setFaults(names: readonly string[]): void;
  /** Every request so far, but for those to `/_local`. */
  requests(): RequestRecord[];
};

/** The local server with everything tests need: models from schemas, faults, a log of requests. */
export async function startTestFal(options: TestFalOptions = {}): Promise<TestFal> {
  const { schemas, faults: names = [], extraModels = [], ...rest } = options;
  const faults = new Faults(options.pace ?? 1, names);
  const log = new RequestLog();
  const models = schemas === undefined ? [] : await loadSchemaModels(schemas);
  const server = await startLocalFal({
    ...rest,
    extraModels: [...models, ...extraModels],
    hooks: {
      ...faults.hooks,
      async onRequest(exchange) {
        if (exchange.host === null && exchange.path.startsWith('_local/')) {
          await handleControl(exchange, faults, log);
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
  };
}
