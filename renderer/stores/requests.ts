import { create } from 'zustand';
import type { AppError } from '../../shared/fal/errors.ts';
import type { DraftPlace } from '../../shared/ipc/drafts.ts';
import { sameJson } from '../../shared/json.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { checkInput } from '../../shared/schema/check.ts';
import { setAt, valueAt } from '../../shared/schema/draft.ts';
import { itemsAt } from '../../shared/schema/items.ts';
import type { ModelForm } from '../../shared/schema/field.ts';
import { readForm } from '../../shared/schema/fields.ts';
import type { Path } from '../../shared/schema/path.ts';
import type { ErrorDetail } from '../../shared/schema/place-errors.ts';
import { readPointer } from '../../shared/schema/read-pointer.ts';
import { buildRequest } from '../../shared/schema/request.ts';
import { ask } from '../bridge.ts';
import { moveAnchors } from './anchors.ts';
import { useOpened } from './opened.ts';
import { requestHolds, useApp } from './app.ts';
import { useAsked } from './asked.ts';
import { NO_COMPLAINTS, mended, placed, rearranged } from './complaints.ts';
import type { Complaints } from './complaints.ts';
import { useFolds } from './folds.ts';
import { useItemKeys } from './item-keys.ts';
import { changeList, moveKeys, orderAfter } from './list-change.ts';
import type { ListChange } from './list-change.ts';
import { activeRealm, useProfiles } from './profiles.ts';
import { keptTexts } from './unread-texts.ts';

export type FormState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'form'; readonly form: ModelForm }
  /** There is a document but no form in it: the request is written as JSON. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'failed'; readonly error: AppError };

/** Said where a box holds something that is neither what it shows nor anything else. */
/** Said of what is typed into a field and is no value; a box of JSON says itself what is wrong with it. */
export const UNREAD = 'What is written here cannot be read yet';
const EMPTY = 'A value is needed';
const NO_FORM: ModelForm = { endpointId: '', fields: [] };

interface RequestsState {
  readonly forms: Readonly<Record<string, FormState>>;
  /** What the person set, by model: the request itself, without defaults. */
  readonly drafts: Readonly<Record<string, JsonObject>>;
  /** Grows with each change a person makes to a model's draft, and not when one is restored or taken over. */
  readonly edits: Readonly<Record<string, number>>;
  readonly complaints: Readonly<Record<string, Complaints>>;
  /** Grows with each refusal, so that the form can lead to what was refused once and not at every key. */
  readonly refusals: number;
  readonly refusedBy: 'window' | 'fal';
  /** What was typed and cannot be read, by model and place; nothing is sent while there is any. */
  readonly unread: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The model's draft as it is kept, and its form; or `input` in the draft's place. */
  readonly load: (endpointId: string, input: JsonObject | undefined, place: DraftPlace) => Promise<void>;
  readonly reload: (endpointId: string) => Promise<void>;
  readonly set: (endpointId: string, path: Path, value: JsonValue | undefined) => void;
  /** Changes whole items of the list at `path`; what is known of the others goes where they go. */
  readonly arrange: (endpointId: string, path: Path, change: ListChange) => void;
  readonly setUnread: (endpointId: string, place: string, text: string | null) => void;
  readonly replace: (endpointId: string, input: JsonObject) => void;
  /** The request to send, or what is wrong with it; nothing is marked yet. Null while there is no form to judge by. */
  readonly check: (
    endpointId: string,
  ) => { readonly request: JsonObject } | { readonly problems: readonly ErrorDetail[] } | null;
  /** Marks the fields that are wrong, and leaves the focus where it is. */
  readonly mark: (endpointId: string, problems: readonly ErrorDetail[]) => void;
  /** Marks the fields that are wrong, and leads to the first. */
  readonly refuse: (
    endpointId: string,
    problems: readonly ErrorDetail[],
    refusedBy: 'window' | 'fal',
  ) => void;
  /** A field was left: what is wrong with what it holds is marked. What it lacks is said when the request is sent. */
  readonly leave: (endpointId: string, place: string) => void;
  /** Takes the marks away. */
  readonly accept: (endpointId: string) => void;
  /** Another realm may have other schemas of the same names. */
  readonly forgetForms: () => void;
}

/** The request of each model as it is being made: a form and a draft, whichever screen shows them. */
export const useRequests = create<RequestsState>((set, get) => {
  const keep = (endpointId: string, input: JsonObject): void => {
    // At every change and not after a pause: a window that closes in between would lose it.
    void ask('drafts.save', { endpointId, input });
  };
  /** Last of all that belongs to a change: who listens sends the request as it is then. */
  const edit = (endpointId: string, input: JsonObject): void => {
    set(({ drafts, edits }) => ({
      drafts: { ...drafts, [endpointId]: input },
      edits: { ...edits, [endpointId]: (edits[endpointId] ?? 0) + 1 },
    }));
    keep(endpointId, input);
  };
  const setForm = (endpointId: string, form: FormState): void =>
    set((state) => ({ forms: { ...state.forms, [endpointId]: form } }));
  const complain = (endpointId: string, complaints: Complaints): void =>
    set((state) => ({ complaints: { ...state.complaints, [endpointId]: complaints } }));
  const readAll = (endpointId: string): void =>
    set((state) => ({ unread: { ...state.unread, [endpointId]: {} } }));

  /** A change that may have answered what was said of it. */
  const changed = (endpointId: string, form: ModelForm, path: Path, draft: JsonObject): void => {
    const known = get().complaints[endpointId];
    if (known !== undefined) complain(endpointId, mended(known, form, draft, path));
    const texts = get().unread[endpointId] ?? {};
    const kept = keptTexts(form, draft, path, texts);
    if (kept !== texts) set(({ unread }) => ({ unread: { ...unread, [endpointId]: kept } }));
    edit(endpointId, draft);
  };

  return {
    forms: {},
    drafts: {},
    edits: {},
    complaints: {},
    refusals: 0,
    refusedBy: 'window',
    unread: {},

    load: async (endpointId, input, place) => {
      useOpened.getState().note(endpointId);
      const kept = await ask('drafts.open', { endpointId, place });
      if (input !== undefined) {
        set((state) => ({ drafts: { ...state.drafts, [endpointId]: input } }));
        keep(endpointId, input);
        complain(endpointId, NO_COMPLAINTS);
        readAll(endpointId);
      } else if (get().drafts[endpointId] === undefined) {
        const draft = kept.ok ? (kept.value ?? {}) : {};
        set((state) => ({ drafts: { ...state.drafts, [endpointId]: draft } }));
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
      useAsked.getState().learn(endpointId, answer.value);
      const read = readForm(answer.value);
      setForm(endpointId, read.kind === 'form' ? { kind: 'form', form: read.form } : read);
    },

    set: (endpointId, path, value) => {
      const form = get().forms[endpointId];
      if (form?.kind !== 'form') return;
      const draft = get().drafts[endpointId] ?? {};
      const next = withGroup(form.form, draft, setAt(form.form, draft, path, value), path);
      changed(endpointId, form.form, path, next);
    },

    arrange: (endpointId, path, change) => {
      const { forms, drafts, complaints, unread } = get();
      const form = forms[endpointId];
      if (form?.kind !== 'form') return;
      const draft = drafts[endpointId] ?? {};
      const next = withGroup(form.form, draft, changeList(form.form, draft, path, change), path);
      if (next === draft) return;
      const order = orderAfter(change, itemsAt(form.form, draft, path).length);
      const known = complaints[endpointId] ?? NO_COMPLAINTS;
      const complained = rearranged(known, form.form, draft, next, path, order);
      const texts = Object.fromEntries(moveKeys(Object.entries(unread[endpointId] ?? {}), path, order));
      set({ unread: { ...unread, [endpointId]: texts } });
      useFolds.getState().moved(endpointId, path, order);
      useItemKeys.getState().moved(endpointId, path, order);
      moveAnchors(endpointId, path, order);
      complain(endpointId, complained);
      edit(endpointId, next);
    },

    setUnread: (endpointId, place, text) => {
      const { unread } = get();
      const { [place]: _, ...others } = unread[endpointId] ?? {};
      set({ unread: { ...unread, [endpointId]: text === null ? others : { ...others, [place]: text } } });
    },

    replace: (endpointId, input) => {
      readAll(endpointId);
      if (sameJson(get().drafts[endpointId], input)) return;
      complain(endpointId, NO_COMPLAINTS);
      edit(endpointId, input);
    },

    check: (endpointId) => {
      const { forms, drafts, unread } = get();
      const form = forms[endpointId];
      if (form === undefined || form.kind === 'loading') return null;
      const input = drafts[endpointId] ?? {};
      const mistyped = Object.entries(unread[endpointId] ?? {}).map(([place, text]) => ({
        loc: ['body', ...readPointer(form.kind === 'form' ? form.form : NO_FORM, place)],
        msg: text.trim() === '' ? EMPTY : UNREAD,
      }));
      const checked = form.kind === 'form' ? checkInput(form.form, input) : [];
      const problems = [
        ...mistyped,
        ...checked
          .map(({ path, message }) => ({ loc: ['body', ...path], msg: message }))
          // Of what is half written, that it is missing as well would be news to nobody.
          .filter(({ loc }) => !mistyped.some((other) => sameJson(other.loc, loc))),
      ];
      if (problems.length > 0) return { problems };
      return {
        request:
          form.kind === 'form' ? buildRequest(form.form, input, requestHolds(useApp.getState())) : input,
      };
    },

    mark: (endpointId, problems) => {
      const form = get().forms[endpointId];
      const draft = get().drafts[endpointId] ?? {};
      complain(endpointId, placed(form?.kind === 'form' ? form.form : NO_FORM, draft, problems));
    },

    refuse: (endpointId, problems, refusedBy) => {
      get().mark(endpointId, problems);
      set((state) => ({ refusals: state.refusals + 1, refusedBy }));
    },

    leave: (endpointId, place) => {
      const { forms, drafts, complaints, unread } = get();
      const form = forms[endpointId];
      const checked = get().check(endpointId);
      const known = complaints[endpointId] ?? NO_COMPLAINTS;
      if (form?.kind !== 'form' || checked === null || !('problems' in checked)) return;
      const value = valueAt(form.form, drafts[endpointId] ?? {}, readPointer(form.form, place));
      const messages = placed(form.form, drafts[endpointId] ?? {}, checked.problems).byField.get(place);
      const isThere = (value !== undefined && value !== '') || unread[endpointId]?.[place] !== undefined;
      if (messages === undefined || known.byField.has(place) || !isThere) return;
      complain(endpointId, { ...known, byField: new Map(known.byField).set(place, messages) });
    },

    accept: (endpointId) => complain(endpointId, NO_COMPLAINTS),

    forgetForms: () => set({ forms: {}, complaints: {} }),
  };
});

/**
 * The draft after a change of the value at `path`. A group stays on, though nothing in it is set, until a person puts it
 * off: they may just be typing in it.
 */
function withGroup(form: ModelForm, draft: JsonObject, next: JsonObject, path: Path): JsonObject {
  const group = path.slice(0, -1);
  const gone = group.length > 0 && valueAt(form, next, group) === undefined;
  return gone && valueAt(form, draft, group) !== undefined ? setAt(form, next, group, {}) : next;
}
