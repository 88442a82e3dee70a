import { onTestFinished } from 'vitest';
import type { AppError } from '../../../shared/fal/errors.ts';
import type { TestFal, TestFalOptions } from '../../../test/local-fal/index.ts';
import { liveModel } from '../../local-fal/realtime/testing.ts';
import type { RealtimeModel } from '../../local-fal/realtime/types.ts';
import type { FalConnection } from '../connection.ts';
import type { FalHosts } from '../hosts.ts';
import { connectionTo, idOf, startFal, value } from '../fal.fixture.ts';
import type { WireObject } from './codec.ts';
import type { RealtimeStep } from './machine.ts';
import { RealtimeConnection } from './realtime.ts';
import type { LiveAnswer, LiveInput, RealtimeOptions } from './options.ts';

/** What the tests of the realtime client share; nothing the app ships imports it. */

export const ENDPOINT = 'acme/echo/realtime';

/** Answers each input with itself. */
export const ECHO: RealtimeModel = { mode: 'unary', answer: (input) => ({ echo: input }) };

export function liveFal(
  options: TestFalOptions & { readonly realtime?: RealtimeModel } = {},
): Promise<TestFal> {
  const { realtime = ECHO, ...rest } = options;
  return startFal({ extraModels: [liveModel(ENDPOINT, realtime)], ...rest });
}

/** Everything a connection told, in order, and a way to wait for it. */
export class Told {
  readonly steps: { readonly step: RealtimeStep; readonly error: AppError | null }[] = [];
  readonly answers: LiveAnswer[] = [];
  readonly refused: { readonly input: LiveInput | null; readonly error: AppError }[] = [];
  readonly sent: number[] = [];
  dropped = 0;
  #wake: (() => void)[] = [];

  get marks(): number[] {
    return this.answers.map(({ input }) => input.mark);
  }

  /** Resolves once the condition holds; it is looked at after everything that is told. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#wake.push(resolve));
  }

  at(step: RealtimeStep): Promise<void> {
    return this.until(() => this.steps.at(-1)?.step === step);
  }

  happened(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}

export interface Live {
  readonly live: RealtimeConnection;
  readonly told: Told;
  readonly send: (mark: number, body?: WireObject) => void;
}

/** A connection to the echo model, closed when the test is over. */
export function connect(
  fal: { readonly hosts: FalHosts },
  over: Partial<RealtimeOptions> & { readonly via?: Partial<FalConnection> } = {},
): Live {
  const { via, ...options } = over;
  const told = new Told();
  const note =
    <A extends unknown[]>(take: (...args: A) => void) =>
    (...args: A): void => {
      take(...args);
      told.happened();
    };
  const live = value(
    RealtimeConnection.create(
      { connection: connectionTo(fal.hosts, via), endpoint: idOf(ENDPOINT), ...options },
      {
        moved: note((step, error) => told.steps.push({ step, error })),
        answered: note((answer) => told.answers.push(answer)),
        refused: note((input, error) => told.refused.push({ input, error })),
        sent: note(({ mark }) => told.sent.push(mark)),
        dropped: note((count) => {
          told.dropped += count;
        }),
      },
    ),
  );
  onTestFinished(() => live.close());
  return { live, told, send: (mark, body = { n: mark }) => live.send({ mark, body }) };
}
