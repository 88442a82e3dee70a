import { create } from 'zustand';
import type { AppError } from '../../shared/fal/errors.ts';
import { sameJson } from '../../shared/json.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { checkInput } from '../../shared/schema/check.ts';
import type { ModelForm } from '../../shared/schema/field.ts';
import { readForm } from '../../shared/schema/fields.ts';
import { placeErrors } from '../../shared/schema/place-errors.ts';
import { buildRequest, setValue } from '../../shared/schema/request.ts';
import { ask } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';
import { useModels } from './models.ts';
import { activeRealm, useProfiles } from './profiles.ts';
import { useRuns } from './runs.ts';

export type FormState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'form'; readonly form: ModelForm }
  /** There is a document but no form in it: the request is written as JSON. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'failed'; readonly error: AppError };

/** What was refused about the draft, by field; the rest belongs to no field. */
export interface Complaints {
  readonly byField: ReadonlyMap<string, readonly string[]>;
  readonly rest: readonly string[];
}

/** Said where a box holds something that is neither what it shows nor anything else. */
const UNREAD = 'What is written here cannot be read yet';
const NO_COMPLAINTS: Complaints = { byField: new Map(), rest: [] };

interface PlaygroundState {
  readonly endpointId: string | null;
  readonly forms: Readonly<Record<string, FormState>>;
  /** What the person set, by model: the request itself, without defaults. */
  readonly drafts: Readonly<Record<string, JsonObject>>;
  readonly complaints: Readonly<Record<string, Complaints>>;
  /** Grows with each refusal, so that the form can lead to what was refused once and not at every key. */
  readonly refusals: number;
  readonly refusedBy: 'window' | 'fal';
  /** What was typed and cannot be read, by model and box; nothing runs while there is any. */
  readonly unread: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The run whose result was chosen to be in sight, by model. */
  readonly shown: Readonly<Record<string, RunId>>;
  /** Why the last press on Run started nothing. */
  readonly refusal: AppError | null;
  readonly view: 'form' | 'json';
  readonly setView: (view: 'form' | 'json') => void;
  /** Opens a model, with a request to start from or with its own draft. */
  readonly open: (endpointId: string, input?: JsonObject, shown?: RunId) => Promise<void>;
  readonly reload: (endpointId: string) => Promise<void>;
  readonly set: (name: string, value: JsonValue | undefined) => void;
  readonly setUnread: (name: string, text: string | null) => void;
  readonly replace: (input: JsonObject) => void;
  readonly show: (id: RunId) => void;
  readonly run: () => Promise<void>;
  /** Starts a new run of the same input; true when it was. Only ever at a person's own press. */
  readonly again: (run: Run) => Promise<boolean>;
  /** A run that fal refused for its input marks the fields it names. */
  readonly hear: (run: Run) => void;
  /** Takes back why nothing was started: the key it was about is another one now. */
  readonly calm: () => void;
  /** Closes the model: another realm may not have it, or have it with another schema. */
  readonly leave: () => void;
}

export const usePlayground = create<PlaygroundState>((set, get) => {
  const setDraft = (endpointId: string, input: JsonObject): void => {
    set((state) => ({ drafts: { ...state.drafts, [endpointId]: input } }));
    // At every change and not after a pause: a window that closes in between would lose it.
    void ask('drafts.save', { endpointId, input });
  };
  const setForm = (endpointId: string, form: FormState): void =>
    set((state) => ({ forms: { ...state.forms, [endpointId]: form } }));
  const complain = (endpointId: string, complaints: Complaints): void =>
    set((state) => ({ complaints: { ...state.complaints, [endpointId]: complaints } }));
  const refuse = (endpointId: string, complaints: Complaints, refusedBy: 'window' | 'fal'): void => {
    complain(endpointId, complaints);
    set((state) => ({ refusals: state.refusals + 1, refusedBy }));
  };
  const readAll = (endpointId: string): void =>
    set((state) => ({ unread: { ...state.unread, [endpointId]: {} } }));

  const started = (run: Run): void => {
    // The run's own events may be here before the answer; they are newer than what it says.
    if (useRuns.getState().runs[run.id] === undefined) useRuns.getState().take(run);
    set((state) => ({ shown: { ...state.shown, [run.endpointId]: run.id } }));
    // It may have failed already, before it was the one in sight.
    get().hear(useRuns.getState().runs[run.id] ?? run);
  };

  return {
    endpointId: null,
    forms: {},
    drafts: {},
    complaints: {},
    refusals: 0,
    refusedBy: 'window',
    unread: {},
    shown: {},
    refusal: null,
    view: 'form',
    setView: (view) => set({ view }),

    open: async (endpointId, input, shown) => {
      set({ endpointId, refusal: null });
      void useRuns.getState().loadRecent(endpointId);
      void useModels.getState().loadPrice(endpointId);
      const kept = await ask('drafts.open', { endpointId });
      if (input !== undefined) setDraft(endpointId, input);
      else if (get().drafts[endpointId] === undefined) {
        const draft = kept.ok ? (kept.value ?? {}) : {};
        set((state) => ({ drafts: { ...state.drafts, [endpointId]: draft } }));
      }
      if (shown !== undefined) set((state) => ({ shown: { ...state.shown, [endpointId]: shown } }));
      if (input !== undefined) {
        complain(endpointId, NO_COMPLAINTS);
        readAll(endpointId);
      }
      if (get().forms[endpointId]?.kind !== 'form') await get().reload(endpointId);
    },

    reload: async (endpointId) => {
      setForm(endpointId, { kind: 'loading' });
      const realm = activeRealm(useProfiles.getState());
      const answer = await ask('models.document', { endpointId });
      // The document of another realm's model may come late; another key of the same realm reads the same one.
      if (activeRealm(useProfiles.getState()) !== realm) return;
      if (!answer.ok) return setForm(endpointId, { kind: 'failed', error: answer.error });
      const read = readForm(answer.value);
      setForm(endpointId, read.kind === 'form' ? { kind: 'form', form: read.form } : read);
    },

    set: (name, value) => {
      const { endpointId, forms, drafts, complaints } = get();
      const form = endpointId === null ? undefined : forms[endpointId];
      if (endpointId === null || form?.kind !== 'form') return;
      setDraft(endpointId, setValue(form.form, drafts[endpointId] ?? {}, name, value));
      const known = complaints[endpointId];
      if (known?.byField.has(name)) {
        const byField = new Map(known.byField);
        byField.delete(name);
        complain(endpointId, { ...known, byField });
      }
    },

    setUnread: (name, text) => {
      const { endpointId, unread } = get();
      if (endpointId === null) return;
      const { [name]: _, ...others } = unread[endpointId] ?? {};
      set({ unread: { ...unread, [endpointId]: text === null ? others : { ...others, [name]: text } } });
    },

    replace: (input) => {
      const { endpointId, drafts } = get();
      if (endpointId === null) return;
      readAll(endpointId);
      if (sameJson(drafts[endpointId], input)) return;
      setDraft(endpointId, input);
      complain(endpointId, NO_COMPLAINTS);
    },

    show: (id) => {
      const { endpointId } = get();
      if (endpointId !== null) set((state) => ({ shown: { ...state.shown, [endpointId]: id } }));
    },

    run: async () => {
      const { endpointId, forms, drafts } = get();
      const form = endpointId === null ? undefined : forms[endpointId];
      if (endpointId === null || form === undefined || form.kind === 'loading') return;
      const input = drafts[endpointId] ?? {};
      set({ refusal: null });
      const unread = Object.keys(get().unread[endpointId] ?? {});
      if (unread.includes('')) set({ view: 'json' });
      const mistyped = unread.map((name) => ({ loc: ['body', ...name.split('.')], msg: UNREAD }));
      const checked = form.kind === 'form' ? checkInput(form.form, input) : [];
      const problems = checked.map(({ path, message }) => ({ loc: ['body', ...path], msg: message }));
      if (mistyped.length + problems.length > 0) {
        const empty = { endpointId, fields: [] };
        return refuse(
          endpointId,
          placeErrors(form.kind === 'form' ? form.form : empty, [...mistyped, ...problems]),
          'window',
        );
      }
      complain(endpointId, NO_COMPLAINTS);
      const request = form.kind === 'form' ? buildRequest(form.form, input) : input;
      const answer = await ask('runs.start', {
        profileId: useProfiles.getState().active,
        endpointId,
        input: request,
      });
      if (!answer.ok) return set({ refusal: answer.error });
      started(answer.value);
    },

    again: async ({ endpointId, input }) => {
      const answer = await ask('runs.start', { profileId: useProfiles.getState().active, endpointId, input });
      if (answer.ok) started(answer.value);
      else sayError(answer.error);
      return answer.ok;
    },

    hear: (run) => {
      const { forms, shown } = get();
      const form = forms[run.endpointId];
      if (run.state.kind !== 'failed' || run.state.error.fields.length === 0) return;
      if (form?.kind !== 'form' || shown[run.endpointId] !== run.id) return;
      refuse(run.endpointId, placeErrors(form.form, run.state.error.fields), 'fal');
    },

    calm: () => set({ refusal: null }),

    leave: () => set({ endpointId: null, forms: {}, complaints: {}, refusal: null }),
  };
});
