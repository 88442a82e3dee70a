import { keptAskedSchema } from '../../shared/ipc/asked.ts';
import type { KeptAsked } from '../../shared/ipc/asked.ts';
import { parseJson } from '../../shared/json.ts';
import type { History } from '../history/history.ts';

interface AskedServiceOptions {
  readonly history: Pick<History, 'keep' | 'kept' | 'forget'>;
}

const PLAIN: KeptAsked = { method: null, options: {} };

/** How each model's requests are sent: the method and what stands beside the input. Kept for all profiles alike, as drafts are. */
export class AskedService {
  readonly #history: AskedServiceOptions['history'];

  constructor({ history }: AskedServiceOptions) {
    this.#history = history;
  }

  async kept(endpointId: string): Promise<KeptAsked> {
    const read = keptAskedSchema.safeParse((await this.#history.kept(nameOf(endpointId)))?.value);
    return read.success ? read.data : PLAIN;
  }

  async save(endpointId: string, asked: KeptAsked): Promise<void> {
    // By way of the text, which has no place for options that are there and undefined.
    const value = parseJson(JSON.stringify(asked));
    const nothing = asked.method === null && Object.keys(asked.options).length === 0;
    if (nothing || !value.ok) await this.#history.forget(nameOf(endpointId));
    else await this.#history.keep(nameOf(endpointId), value.value, Date.now());
  }
}

const nameOf = (endpointId: string): string => `asked:${endpointId}`;
