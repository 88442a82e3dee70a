import { create } from 'zustand';
import { sameJson } from '../../shared/json.ts';
import type { JsonObject } from '../../shared/json.ts';
import { liveRequest } from '../../shared/realtime/request.ts';
import { assertNever } from '../../shared/result.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { isAdding } from './adding.ts';
import { rollSeed } from './roll-seed.ts';
import { FrameStats } from '../realtime/frame-stats.ts';
import { mayAnswerLive } from '../realtime/link.ts';
import type { LiveLink } from '../realtime/link.ts';
import { onceAFrame } from '../realtime/once-a-frame.ts';
import { SeedsSent, seedOf } from '../realtime/seeds-sent.ts';
import type { Seed } from '../realtime/seeds-sent.ts';
import { LiveSession } from '../realtime/session.ts';
import type { SessionNews } from '../realtime/session.ts';
import { sameSight } from '../realtime/sight.ts';
import type { Refusal, Sight } from '../realtime/sight.ts';
import { say, sayError } from '../ui/toasts.tsx';
import { useModels } from './models.ts';
import { useProfiles } from './profiles.ts';
import { useRequests } from './requests.ts';
import { useRuns } from './runs.ts';

interface LiveStore {
  readonly endpointId: string | null;
  /** A model whose id does not tell that it answers live, tried all the same. */
  readonly insistedOn: string | null;
  readonly link: LiveLink;
  readonly sight: Sight;
  readonly refusal: Refusal | null;
  /** Whether this session was sent anything yet. */
  readonly begun: boolean;
  readonly frozen: boolean;
  /** Stands in for a seed that was left to chance in the newest input; held, it stays the same from input to input. */
  readonly seed: Seed;
  readonly seedHeld: boolean;
  /** What the answer in sight was made with; null where there is none, or no seed in its request. */
  readonly seedInSight: Seed | null;
  /** Inputs that may wait at the server, 1 to 60; null leaves it to the server. */
  readonly maxBuffering: number | null;
  /** Kept frames of the open model, newest first. */
  readonly kept: readonly RunId[];
  readonly keeping: boolean;
  /** What the session measures: read when needed, since it changes with every frame. */
  readonly stats: () => FrameStats;
  /** What the screen opens with, where nothing is open. */
  readonly choose: (endpointId: string | null) => void;
  /** Opens a model, with a request to start from or with its own draft. Sends nothing. */
  readonly open: (endpointId: string, input?: JsonObject) => Promise<void>;
  readonly insist: () => void;
  /** Grows with each wish to open the session anew. */
  readonly attempt: number;
  readonly reopen: () => void;
  /** The screen is there with a model: its session is opened. The answer closes it. */
  readonly begin: () => () => void;
  readonly attach: (canvas: HTMLCanvasElement | null) => void;
  /** A person changed the request. */
  readonly edited: () => void;
  /** Sends the request as it is: the one button that needs no change. */
  readonly start: () => void;
  readonly setFrozen: (frozen: boolean) => void;
  readonly newSeed: () => void;
  readonly holdSeed: (held: boolean) => void;
  readonly setMaxBuffering: (maxBuffering: number | null) => void;
  readonly retry: () => void;
  /** The network is back. */
  readonly retryLost: () => void;
  readonly keep: () => Promise<void>;
  /** Closes the model: another realm may not have it. */
  readonly leave: () => void;
}

const NO_STATS = new FrameStats();
const FRESH = {
  sight: { kind: 'nothing' },
  refusal: null,
  begun: false,
  frozen: false,
  seedInSight: null,
} as const satisfies Partial<LiveStore>;

/** The one live session there is, and what of it changes seldom enough to be shown by React. */
export const useLive = create<LiveStore>((set, get) => {
  let session: LiveSession | null = null;
  let canvas: HTMLCanvasElement | null = null;
  let editedIn: LiveSession | null = null;
  let lastSent: JsonObject | null = null;
  let changedWhileFrozen = false;
  /** Fields are marked for what the window itself refused to send. */
  let marked = false;
  /** The frame of the picture in sight. */
  let frame: number | null = null;
  let seeds = new SeedsSent();

  const hear = (news: SessionNews): void => {
    switch (news.kind) {
      case 'opened':
        return set({ link: { kind: 'open', session: news.session, state: { kind: 'idle' } } });
      case 'unopened':
        session = null;
        return set({ link: news });
      case 'state': {
        const { link } = get();
        return link.kind === 'open' ? set({ link: { ...link, state: news.state } }) : undefined;
      }
      case 'painted':
        frame = news.frame.frame;
        return answered(news.frame.mark, { kind: 'picture', ...news.size });
      case 'text':
        return answered(news.mark, { kind: 'text', text: news.text });
      case 'unreadable': {
        const detail = `${news.frame.contentType}, ${news.frame.bytes.length} bytes`;
        return set({
          refusal: {
            mark: news.frame.mark,
            error: { title: 'An answer could not be shown as a picture', detail },
          },
        });
      }
      case 'refused': {
        const { endpointId } = get();
        const { fields } = news.error;
        if (endpointId !== null && fields.length > 0) useRequests.getState().mark(endpointId, fields);
        return set({ refusal: { mark: news.mark, error: news.error } });
      }
      default:
        assertNever(news);
    }
  };

  /** Many times a second: the store changes only where something is another than before. */
  const answered = (mark: number, sight: Sight): void => {
    const { endpointId, refusal, sight: before, seedInSight: seedBefore } = get();
    const seedInSight = seeds.of(mark);
    if (!sameSight(before, sight) || seedInSight !== seedBefore) set({ sight, seedInSight });
    if (refusal === null || (refusal.mark !== null && mark <= refusal.mark)) return;
    set({ refusal: null });
    if (endpointId !== null && !marked) useRequests.getState().accept(endpointId);
  };

  const send = (pressed: boolean): void => {
    const { endpointId, seedHeld, begun } = get();
    const requests = useRequests.getState();
    const checked = endpointId === null ? null : requests.check(endpointId);
    if (session === null || endpointId === null || checked === null) return;
    if ('problems' in checked) {
      marked = true;
      if (pressed) requests.refuse(endpointId, checked.problems, 'window');
      else requests.mark(endpointId, checked.problems);
      return;
    }
    // What fal refused stays marked until an answer comes: between the two it would only flicker.
    if (marked || pressed) requests.accept(endpointId);
    marked = false;
    if (!pressed && sameJson(lastSent ?? undefined, checked.request)) return;
    if (!seedHeld && begun) rollNext(endpointId);
    lastSent = checked.request;
    if (!begun) set({ begun: true });
    const form = requests.forms[endpointId];
    if (form?.kind !== 'form') return void session.send(checked.request);
    const request = liveRequest(form.form, checked.request, get().seed);
    seeds.sent(session.send(request), seedOf(form.form, request));
  };
  /** A change that waited for its frame must not go out in the session of another model. */
  const sendEdit = onceAFrame(() => {
    if (editedIn === session) send(false);
  });

  const rollNext = (endpointId: string | null): void => {
    const form = endpointId === null ? undefined : useRequests.getState().forms[endpointId];
    const field = form?.kind === 'form' ? form.form.fields.find(({ kind }) => kind === 'seed') : undefined;
    set({ seed: rollSeed(field?.kind === 'seed' ? field : {}) });
  };

  return {
    ...FRESH,
    endpointId: null,
    insistedOn: null,
    attempt: 0,
    link: { kind: 'closed' },
    seed: rollSeed({}),
    seedHeld: true,
    maxBuffering: null,
    kept: [],
    keeping: false,

    choose: (endpointId) => {
      if (get().endpointId === null) set({ endpointId });
    },

    open: async (endpointId, input) => {
      if (endpointId !== get().endpointId) set({ endpointId, insistedOn: null, kept: [] });
      void useModels.getState().loadPrice(endpointId);
      await useRequests.getState().load(endpointId, input, 'realtime');
    },

    insist: () => set(({ endpointId }) => ({ insistedOn: endpointId })),

    reopen: () => set(({ attempt }) => ({ attempt: attempt + 1 })),

    begin: () => {
      const { endpointId, insistedOn, maxBuffering } = get();
      if (endpointId === null || !mayAnswerLive(endpointId, insistedOn)) return () => undefined;
      const profileId = useProfiles.getState().active;
      lastSent = null;
      changedWhileFrozen = false;
      frame = null;
      seeds = new SeedsSent();
      set({ ...FRESH, link: { kind: 'opening' } });
      rollNext(endpointId);
      const own = new LiveSession({ profileId, endpointId, maxBuffering }, canvas, hear);
      session = own;
      return () => {
        own.close();
        if (session !== own) return;
        session = null;
        set({ ...FRESH, link: { kind: 'closed' } });
      };
    },

    stats: () => session?.stats ?? NO_STATS,

    attach: (element) => {
      canvas = element;
      session?.painter.attach(element);
    },

    edited: () => {
      editedIn = session;
      if (get().frozen) changedWhileFrozen = true;
      else sendEdit();
    },

    start: () => {
      if (isAdding()) return say('A file is still being added', 'Nothing was sent. Try again in a moment.');
      if (get().frozen) {
        changedWhileFrozen = false;
        get().setFrozen(false);
      }
      send(true);
      const { link } = get();
      // An input alone does not open again what was given up.
      if (link.kind === 'open' && link.state.kind === 'failed') session?.retry();
    },

    setFrozen: (frozen) => {
      if (!get().begun) return;
      set({ frozen });
      session?.painter.freeze(frozen);
      if (!frozen && changedWhileFrozen) sendEdit();
      changedWhileFrozen = false;
    },

    newSeed: () => {
      rollNext(get().endpointId);
      if (!get().begun) return;
      lastSent = null;
      get().edited();
    },

    holdSeed: (seedHeld) => {
      const { seed, seedInSight } = get();
      // Whoever holds it means the picture that is seen, and not an input that is still on its way.
      set({ seedHeld, seed: seedHeld ? (seedInSight ?? seed) : seed });
    },

    setMaxBuffering: (maxBuffering) => set({ maxBuffering }),

    retry: () => session?.retry(),

    retryLost: () => {
      const { link } = get();
      if (link.kind !== 'open') return;
      const { state } = link;
      if (state.kind === 'waiting' || (state.kind === 'failed' && state.error.kind === 'network'))
        session?.retry();
    },

    keep: async () => {
      const { link, sight, keeping, endpointId } = get();
      if (link.kind !== 'open' || sight.kind !== 'picture' || frame === null || keeping) return;
      set({ keeping: true });
      const answer = await ask('live.keep', { session: link.session, frame });
      set({ keeping: false });
      if (!answer.ok) return sayError(answer.error);
      const run = answer.value;
      if (useRuns.getState().runs[run.id] === undefined) useRuns.getState().take(run);
      say('Kept in History');
      if (get().endpointId === endpointId) set(({ kept }) => ({ kept: [run.id, ...kept] }));
    },

    leave: () => set({ endpointId: null, insistedOn: null, kept: [] }),
  };
});
