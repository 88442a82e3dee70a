import * as z from 'zod';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { loraSchema } from '../../shared/ipc/shelf.ts';
import type { Lora } from '../../shared/ipc/shelf.ts';
import { isJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Run } from '../../shared/runs/run.ts';
import { findLoras } from '../../shared/shelf/find-loras.ts';
import type { History } from '../history/history.ts';

interface ShelfServiceOptions {
  readonly history: Pick<History, 'keep' | 'kept'>;
  readonly changed: (loras: Lora[]) => void;
}

const SHELF = 'shelf:loras';
const MOST = 1000;
const keptSchema = z.object({ loras: z.array(z.unknown()), seen: z.array(z.string()) });

interface Kept {
  readonly loras: readonly Lora[];
  /** Of runs, whether they are still on the shelf or were taken down: a run is told of more than once. */
  readonly seen: readonly string[];
  /** Rows that a newer version may have written: they are kept, and do not take the others with them. */
  readonly unread: readonly JsonValue[];
}
type Changed = Pick<Kept, 'loras' | 'seen'>;
type Change = (kept: Changed) => Result<Changed, AppError> | null;

/** LoRA weights to be used again: what trainings brought, and what was added by hand. */
export class ShelfService {
  readonly #options: ShelfServiceOptions;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ShelfServiceOptions) {
    this.#options = options;
  }

  async list(): Promise<Lora[]> {
    return [...(await this.#kept()).loras];
  }

  /** Adds, or takes the place of the one with the same id. */
  put(lora: Lora): Promise<Result<Lora[], AppError>> {
    return this.#change(({ loras, seen }) => {
      if (loras.some(({ id }) => id === lora.id))
        return ok({ loras: loras.map((one) => (one.id === lora.id ? lora : one)), seen });
      if (loras.length >= MOST)
        return fail(
          appError('input', 'The shelf is full', {
            hint: `It holds ${MOST}. Take down one that is not used.`,
          }),
        );
      return ok({ loras: [lora, ...loras], seen });
    });
  }

  remove(id: string): Promise<Result<Lora[], AppError>> {
    return this.#change(({ loras, seen }) => ok({ loras: loras.filter((one) => one.id !== id), seen }));
  }

  /** Puts the weights of a training on the shelf, each once and not again when it was taken down. */
  async hear(run: Run): Promise<void> {
    const found = findLoras(run);
    if (found.length === 0) return;
    const from = { endpointId: run.endpointId, runId: run.id };
    await this.#change(({ loras, seen }) => {
      const fresh = found
        .filter(({ id }) => !seen.includes(id))
        // A row that cannot be read again would be lost, and as seen it would not come back.
        .flatMap((lora) => loraSchema.safeParse({ ...lora, scale: 1, from }).data ?? []);
      if (fresh.length === 0 || loras.length + fresh.length > MOST) return null;
      return ok({
        loras: [...fresh, ...loras],
        seen: [...fresh.map(({ id }) => id), ...seen],
      });
    });
  }

  async #kept(): Promise<Kept> {
    const kept = keptSchema.safeParse((await this.#options.history.kept(SHELF))?.value);
    const rows = kept.success ? kept.data.loras : [];
    const read = rows.map((row) => loraSchema.safeParse(row));
    return {
      loras: read.flatMap((row) => (row.success ? [row.data] : [])),
      seen: kept.success ? kept.data.seen : [],
      unread: rows.filter((row, index): row is JsonValue => read[index]?.success === false && isJson(row)),
    };
  }

  /** One at a time: two that read the same shelf would each write over the other's change. */
  #change(change: Change): Promise<Result<Lora[], AppError>> {
    const changed = this.#last.then(async (): Promise<Result<Lora[], AppError>> => {
      const before = await this.#kept();
      const next = change(before);
      if (next === null) return ok([...before.loras]);
      if (!next.ok) return next;
      const { loras, seen } = next.value;
      const rows = [...loras.map(asRow), ...before.unread];
      await this.#options.history.keep(SHELF, { loras: rows, seen: [...seen] }, Date.now());
      this.#options.changed([...loras]);
      return ok([...loras]);
    });
    this.#last = changed.catch(() => undefined);
    return changed;
  }
}

const asRow = ({ from, ...lora }: Lora): JsonValue => ({ ...lora, from: from && { ...from } });
