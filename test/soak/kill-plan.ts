import type { RunStateKind } from '../../shared/runs/run.ts';
import { Random } from './random.ts';

/** How a round goes wrong before, at and after the kill. */
export interface KillPlan {
  readonly round: number;
  readonly scenario: Scenario;
  /** The server's faults while the first process lives. */
  readonly faults: readonly string[];
  /** What they turn into half-way between that state and the kill; null: they stay. */
  readonly faultsThen: readonly string[] | null;
  /** The first process dies this long (ms) after its first run is told to be in `state`; null: after its start. */
  readonly kill: {
    readonly state: RunStateKind | null;
    readonly after: number;
    /** Counted only from when the first run's submit has reached the server. */
    readonly arrived: boolean;
  };
  /** The first run is cancelled as soon as it is told to be there. */
  readonly cancelOn: RunStateKind | null;
  /** What befalls the server between the processes. */
  readonly server: 'stays' | 'forgets';
  /** The second process dies too, this long after it took up the runs; null: it may finish. */
  readonly killAgain: number | null;
  /** What the server still did to the second process is taken off this long after it took up the runs. */
  readonly lift: number;
}

interface Case {
  readonly faults: readonly string[];
  readonly state: RunStateKind | null;
  /** The longest wait after that state, in milliseconds. */
  readonly within: number;
  readonly after?: readonly string[];
  readonly arrived?: true;
  readonly cancelOn?: RunStateKind;
  readonly server?: KillPlan['server'];
}

const cases = {
  'files on their way': { faults: ['hold:upload'], state: 'uploading', within: 60 },
  'in the queue': { faults: ['hold:queued'], state: 'queued', within: 30 },
  'while it runs': { faults: ['hold:running'], state: 'running', within: 30 },
  'back to the queue': {
    faults: ['back-to-queue', 'hold:running'],
    state: 'running',
    within: 60,
    after: ['back-to-queue', 'hold:queued'],
  },
  'submit not answered': { faults: ['hold:submit'], state: 'submitting', within: 150, arrived: true },
  'submit’s answer lost': { faults: ['drop-submit:2'], state: 'submitting', within: 150, arrived: true },
  'result slow': { faults: ['hold:result'], state: 'fetching', within: 30 },
  'file half copied': { faults: ['drop-mid-body', 'hold:media'], state: 'saving', within: 60 },
  cancelling: { faults: ['hold:running'], state: 'cancelling', within: 15, cancelOn: 'running' },
  'server gone and back': { faults: ['hold:running'], state: 'running', within: 30, server: 'forgets' },
  'network cut': { faults: [], state: 'submitting', within: 250, after: ['cut'] },
  'network cut while it runs': { faults: ['hold:running'], state: 'running', within: 60, after: ['cut'] },
  'at any moment': { faults: [], state: null, within: 250 },
} as const satisfies Record<string, Case>;
/** What may go wrong beside. */
const besides = ['stream-drop', 'no-status-stream', 'submit-503', 'slow:15'];
export type Scenario = keyof typeof cases;
export const scenarios = Object.keys(cases).filter((name): name is Scenario => name in cases);

/** `kills`: nothing but SIGKILL. `all`: the server and the network fail too. */
export type Level = 'kills' | 'all';

export function planOf(round: number, seed: number, level: Level): KillPlan {
  const random = new Random(seed * 1_000_003 + round);
  const usable = scenarios.filter(
    (name) => level === 'all' || !(name.startsWith('network') || 'server' in cases[name]),
  );
  const scenario = usable[round % usable.length] ?? 'at any moment';
  const chosen: Case = cases[scenario];
  const beside = random.chance(0.4) ? besides.slice(random.below(besides.length)).slice(0, 1) : [];
  return {
    round,
    scenario,
    faults: [...chosen.faults, ...beside],
    faultsThen: chosen.after ?? null,
    kill: {
      state: chosen.state,
      after: random.below(chosen.within),
      arrived: chosen.arrived ?? false,
    },
    cancelOn: chosen.cancelOn ?? null,
    server: chosen.server ?? 'stays',
    killAgain: random.chance(0.3) ? random.below(120) : null,
    lift: random.below(60),
  };
}
