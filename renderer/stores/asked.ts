import { create } from 'zustand';
import { NO_TEXTS, readOptions, textsOf } from '../../shared/fal/option-texts.ts';
import type { OptionName, OptionTexts } from '../../shared/fal/option-texts.ts';
import { notTaken } from '../../shared/fal/taken-options.ts';
import type { JsonValue } from '../../shared/json.ts';
import type { Asked, Method } from '../../shared/runs/asked.ts';
import { usualMethod } from '../../shared/schema/usual-method.ts';
import { ask } from '../bridge.ts';

interface AskedState {
  /** The method that a person chose, by model; null for the model's usual one. */
  readonly methods: Readonly<Record<string, Method | null>>;
  /** The one that fits a model, as its document says. */
  readonly usual: Readonly<Record<string, Method>>;
  /** The options as they are written, by model; missing until they were read. */
  readonly texts: Readonly<Record<string, OptionTexts>>;
  /** Whether the options are unfolded, by model. */
  readonly open: Readonly<Record<string, boolean>>;
  /** Grows with each request that an option kept from being sent, so that the form can lead to it once. */
  readonly refusals: number;
  readonly load: (endpointId: string) => Promise<void>;
  /** What a model's document says of how it is called. */
  readonly learn: (endpointId: string, document: JsonValue) => void;
  readonly setMethod: (endpointId: string, method: Method) => void;
  readonly write: <N extends OptionName>(endpointId: string, name: N, value: OptionTexts[N]) => void;
  readonly setOpen: (endpointId: string, open: boolean) => void;
  /** Unfolds the options, to show what is wrong with them. */
  readonly refuse: (endpointId: string) => void;
  /** Takes the method and the options over from a run; answers the way back, or null where nothing changed. */
  readonly take: (endpointId: string, asked: Asked) => Promise<(() => void) | null>;
  readonly clear: (endpointId: string) => void;
}

/** How each model's requests are sent. Main keeps it; what is half written is here alone. */
export const useAsked = create<AskedState>((set, get) => {
  const put = (endpointId: string, method: Method | null, texts: OptionTexts): void => {
    set((state) => ({
      methods: { ...state.methods, [endpointId]: method },
      texts: { ...state.texts, [endpointId]: texts },
    }));
    void ask('asked.save', { endpointId, method, options: readOptions(texts).options });
  };
  const methodOf = (endpointId: string): Method | null => get().methods[endpointId] ?? null;
  const textsFor = (endpointId: string): OptionTexts => get().texts[endpointId] ?? NO_TEXTS;

  return {
    methods: {},
    usual: {},
    texts: {},
    open: {},
    refusals: 0,

    load: async (endpointId) => {
      if (get().texts[endpointId] !== undefined) return;
      const kept = await ask('asked.kept', { endpointId });
      // What was written meanwhile is newer.
      if (!kept.ok || get().texts[endpointId] !== undefined) return;
      set((state) => ({
        methods: { ...state.methods, [endpointId]: kept.value.method },
        texts: { ...state.texts, [endpointId]: textsOf(kept.value.options) },
      }));
    },

    learn: (endpointId, document) =>
      set(({ usual }) => ({ usual: { ...usual, [endpointId]: usualMethod(document) } })),

    setMethod: (endpointId, method) => {
      // The usual one stays so, also where a later document says another.
      put(endpointId, method === (get().usual[endpointId] ?? 'queue') ? null : method, textsFor(endpointId));
    },

    write: (endpointId, name, value) =>
      put(endpointId, methodOf(endpointId), { ...textsFor(endpointId), [name]: value }),

    setOpen: (endpointId, open) => set((state) => ({ open: { ...state.open, [endpointId]: open } })),

    refuse: (endpointId) => {
      get().setOpen(endpointId, true);
      set(({ refusals }) => ({ refusals: refusals + 1 }));
    },

    take: async (endpointId, { method, options }) => {
      await get().load(endpointId);
      const [before, texts] = [methodOf(endpointId), textsFor(endpointId)];
      const next = textsOf(options);
      const same = chosenMethod(get(), endpointId) === method && sameTexts(texts, next);
      const usual = get().usual[endpointId];
      // Until the model's document is here its usual method may be any: the one that was taken over stays.
      if (!same || (before ?? usual) === undefined) put(endpointId, method === usual ? null : method, next);
      return same ? null : () => put(endpointId, before, texts);
    },

    clear: (endpointId) => put(endpointId, methodOf(endpointId), NO_TEXTS),
  };
});

/** How a model's next request is sent. */
export const chosenMethod = (
  { methods, usual }: Pick<AskedState, 'methods' | 'usual'>,
  endpointId: string,
): Method => methods[endpointId] ?? usual[endpointId] ?? 'queue';

type ReadAsked = ({ readonly kind: 'asked' } & Asked) | { readonly kind: 'wrong'; readonly count: number };

/** What stands beside the input of a model's next request; what its method does not take stays written, and is not sent. */
export function askedFor(
  state: Pick<AskedState, 'methods' | 'usual' | 'texts'>,
  endpointId: string,
): ReadAsked {
  const method = chosenMethod(state, endpointId);
  const { options, problems } = readOptions(takenTexts(state.texts[endpointId] ?? NO_TEXTS, method));
  return problems.size > 0 ? { kind: 'wrong', count: problems.size } : { kind: 'asked', method, options };
}

/** Whether a model's next request would be sent as `asked` was. */
export function isAskedFor(
  state: Pick<AskedState, 'methods' | 'usual' | 'texts'>,
  endpointId: string,
  asked: Asked,
): boolean {
  const next = askedFor(state, endpointId);
  return (
    next.kind === 'asked' &&
    next.method === asked.method &&
    sameTexts(textsOf(next.options), textsOf(asked.options))
  );
}

/** Without what the method does not take. */
export function takenTexts(texts: OptionTexts, method: Method): OptionTexts {
  const left = Object.keys(NO_TEXTS).filter((name) => notTaken(method, name) !== null);
  return {
    ...texts,
    ...Object.fromEntries(Object.entries(NO_TEXTS).filter(([name]) => left.includes(name))),
  };
}

const sameTexts = (a: OptionTexts, b: OptionTexts): boolean => JSON.stringify(a) === JSON.stringify(b);
