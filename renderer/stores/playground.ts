import { create } from 'zustand';
import type { AppError } from '../../shared/fal/errors.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { startWithLimit } from '../money/start-with-limit.ts';
import { askedFor, useAsked } from './asked.ts';
import { isAdding } from './adding.ts';
import { say, sayError } from '../ui/toasts.tsx';
import { useBatches } from './batches.ts';
import { useModels } from './models.ts';
import { useProfiles } from './profiles.ts';
import { useRequests } from './requests.ts';
import { useRuns } from './runs.ts';

interface PlaygroundState {
  readonly endpointId: string | null;
  /** The run whose result was chosen to be in sight, by model. */
  readonly shown: Readonly<Record<string, RunId>>;
  /** The batch that is in sight in place of a run. */
  readonly batch: number | null;
  /** Models whose press on Run is not answered yet: it may wait for a price, and a second would pay twice. */
  readonly starting: ReadonlySet<string>;
  /** Why the last press on Run started nothing. */
  readonly refusal: AppError | null;
  readonly view: 'form' | 'json' | 'code';
  readonly setView: (view: 'form' | 'json' | 'code') => void;
  /** Opens a model, with a request to start from or with its own draft. */
  readonly open: (endpointId: string, input?: JsonObject, shown?: RunId) => Promise<void>;
  readonly show: (id: RunId) => void;
  readonly showBatch: (id: number) => void;
  readonly run: () => Promise<void>;
  /** Starts a new run of the same input; true when it was. Only ever at a person's own press. */
  readonly again: (run: Run) => Promise<boolean>;
  /** A run that fal refused for its input marks the fields it names. */
  readonly hear: (run: Run) => void;
  /** Takes back why nothing was started: the key it was about is another one now. */
  readonly calm: () => void;
  /** Closes the model: another realm may not have it. */
  readonly leave: () => void;
}

/** The open model, its runs in sight, and the one button that costs money. */
export const usePlayground = create<PlaygroundState>((set, get) => {
  const started = (run: Run): void => {
    // The run's own events may be here before the answer; they are newer than what it says.
    if (useRuns.getState().runs[run.id] === undefined) useRuns.getState().take(run);
    set((state) => ({ shown: { ...state.shown, [run.endpointId]: run.id }, batch: null }));
    // It may have failed already, before it was the one in sight.
    get().hear(useRuns.getState().runs[run.id] ?? run);
  };

  const setStarting = (endpointId: string, on: boolean): void =>
    set(({ starting }) => {
      const others = [...starting].filter((id) => id !== endpointId);
      return { starting: new Set(on ? [...others, endpointId] : others) };
    });

  return {
    endpointId: null,
    shown: {},
    batch: null,
    starting: new Set(),
    refusal: null,
    view: 'form',
    setView: (view) => set({ view }),

    open: async (endpointId, input, shown) => {
      set({ endpointId, refusal: null, batch: null });
      void useRuns.getState().loadRecent(endpointId);
      void useModels.getState().loadPrice(endpointId);
      void useAsked.getState().load(endpointId);
      if (shown !== undefined) set((state) => ({ shown: { ...state.shown, [endpointId]: shown } }));
      await useRequests.getState().load(endpointId, input, 'playground');
    },

    show: (id) => {
      const { endpointId } = get();
      if (endpointId !== null) set((state) => ({ shown: { ...state.shown, [endpointId]: id }, batch: null }));
    },

    showBatch: (batch) => {
      set({ batch });
      void useBatches.getState().load(batch);
    },

    run: async () => {
      const { endpointId } = get();
      const requests = useRequests.getState();
      const checked = endpointId === null ? null : requests.check(endpointId);
      if (endpointId === null || checked === null || get().starting.has(endpointId)) return;
      set({ refusal: null });
      // Without it the run would be another one than the person sees.
      if (isAdding()) return say('A file is still being added', 'Nothing was sent. Run again in a moment.');
      if (requests.unread[endpointId]?.[''] !== undefined) set({ view: 'json' });
      if ('problems' in checked) return requests.refuse(endpointId, checked.problems, 'window');
      const asked = askedFor(useAsked.getState(), endpointId);
      if (asked.kind === 'wrong') {
        set({ view: 'form' });
        return useAsked.getState().refuse(endpointId);
      }
      requests.accept(endpointId);
      const profileId = useProfiles.getState().active;
      setStarting(endpointId, true);
      const answer = await startWithLimit((overLimit) =>
        ask('runs.start', {
          profileId,
          endpointId,
          input: checked.request,
          method: asked.method,
          options: asked.options,
          overLimit,
        }),
      ).finally(() => setStarting(endpointId, false));
      if (answer === null) return;
      if (!answer.ok) return set({ refusal: answer.error });
      started(answer.value);
    },

    again: async ({ endpointId, input, method, options }) => {
      const profileId = useProfiles.getState().active;
      const answer = await startWithLimit((overLimit) =>
        ask('runs.start', { profileId, endpointId, input, method, options, overLimit }),
      );
      if (answer === null) return false;
      if (answer.ok) started(answer.value);
      else sayError(answer.error);
      return answer.ok;
    },

    hear: (run) => {
      const requests = useRequests.getState();
      if (run.state.kind !== 'failed' || run.state.error.fields.length === 0) return;
      const { endpointId, id, state } = run;
      if (requests.forms[endpointId]?.kind !== 'form' || get().shown[endpointId] !== id) return;
      requests.refuse(endpointId, state.error.fields, 'fal');
    },

    calm: () => set({ refusal: null }),

    leave: () => set({ endpointId: null, refusal: null, batch: null }),
  };
});
