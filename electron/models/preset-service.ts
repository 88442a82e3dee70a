import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { presetSchema } from '../../shared/ipc/presets.ts';
import type { FoundPreset, Preset } from '../../shared/ipc/presets.ts';
import type { JsonValue } from '../../shared/json.ts';
import { samePresetName } from '../../shared/presets.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { History } from '../history/history.ts';
import { writePreset } from './preset-file.ts';
import type { PresetText } from './preset-file.ts';

interface PresetServiceOptions {
  readonly history: Pick<History, 'keep' | 'kept'>;
}

interface Rows {
  readonly presets: Preset[];
  readonly unread: JsonValue[];
}

type Answer = Result<Preset[], AppError>;

/** Drafts put by under a name, model by model. Kept for all profiles alike, as drafts are. */
export class PresetService {
  readonly #history: PresetServiceOptions['history'];
  #last: Promise<unknown> = Promise.resolve();

  constructor({ history }: PresetServiceOptions) {
    this.#history = history;
  }

  /** The newest first. */
  async list(endpointId: string): Promise<Preset[]> {
    return (await this.#rows(endpointId)).presets;
  }

  /** One that cannot be read must not take the others with it, and is kept: a newer version may have written it. */
  async #rows(endpointId: string): Promise<Rows> {
    const kept = await this.#history.kept(nameOf(endpointId));
    const rows: Rows = { presets: [], unread: [] };
    for (const row of Array.isArray(kept?.value) ? kept.value : []) {
      const read = presetSchema.safeParse(row);
      if (read.success) rows.presets.push(read.data);
      else rows.unread.push(row);
    }
    return rows;
  }

  save({ endpointId, name, input }: FoundPreset): Promise<Answer> {
    const preset: Preset = { name, input, at: Date.now() };
    return this.#change(endpointId, (presets) => ok([preset, ...without(presets, name)]));
  }

  rename(endpointId: string, from: string, to: string): Promise<Answer> {
    return this.#change(endpointId, (presets) => {
      if (!samePresetName(from, to) && presets.some(({ name }) => samePresetName(name, to)))
        return fail(
          appError('input', 'Another preset has this name', {
            hint: 'Choose another one, or remove that first.',
          }),
        );
      return ok(presets.map((one) => (samePresetName(one.name, from) ? { ...one, name: to } : one)));
    });
  }

  remove(endpointId: string, name: string): Promise<Answer> {
    return this.#change(endpointId, (presets) => ok(without(presets, name)));
  }

  /** The preset as a file's text. */
  async share(endpointId: string, name: string): Promise<Result<PresetText, AppError>> {
    const preset = (await this.list(endpointId)).find((one) => samePresetName(one.name, name));
    if (preset === undefined) return fail(appError('not_found', 'This preset is no longer kept here'));
    return ok(writePreset({ endpointId, name: preset.name, input: preset.input }));
  }

  /** One at a time: two that read the same list would each write over the other's change. */
  #change(endpointId: string, change: (presets: Preset[]) => Answer): Promise<Answer> {
    const changed = this.#last.then(async () => {
      const { presets, unread } = await this.#rows(endpointId);
      const next = change(presets);
      if (next.ok) await this.#history.keep(nameOf(endpointId), [...next.value, ...unread], Date.now());
      return next;
    });
    this.#last = changed.catch(() => undefined);
    return changed;
  }
}

const nameOf = (endpointId: string): string => `presets:${endpointId}`;

const without = (presets: Preset[], name: string): Preset[] =>
  presets.filter((one) => !samePresetName(one.name, name));
