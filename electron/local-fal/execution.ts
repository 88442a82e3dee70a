import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Answer, LocalModel, RunContext, RunEvent, ValidationDetail } from './types.ts';
import { ModelError } from './types.ts';
import { billableUnits } from './billing.ts';
import type { FileStore } from './file-store.ts';

export type Failure = { readonly message: string; readonly type: string };

export type Outcome = { readonly answer: Answer; readonly failure: Failure | null };

export function makeContext(options: {
  requestId: string;
  signal: AbortSignal;
  streaming: boolean;
  bodyText: string;
  pace: number;
  files: FileStore;
}): RunContext {
  const { requestId, signal, streaming, bodyText, pace, files } = options;
  return {
    requestId,
    signal,
    streaming,
    bodyText,
    async pause(ms) {
      if (pace > 0 && ms > 0) await sleep(ms * pace, undefined, { signal });
      else await nextTurn(undefined, { signal });
    },
    store: (file) => files.store(file),
  };
}

/** The 422 of a runner that does not like its input (fal-protocol §10.1). */
export function validationOutcome(details: readonly ValidationDetail[]): Outcome {
  const first = details[0];
  const where = first?.loc.slice(1).join('.') ?? '';
  return {
    answer: { status: 422, headers: { 'x-fal-billable-units': '0' }, body: { detail: details } },
    failure: {
      message: `Invalid input${where === '' ? '' : ` at ${where}`}: ${first?.msg ?? 'rejected'}`,
      type: first?.type ?? 'value_error',
    },
  };
}

/** fal-protocol §3: what a runner says to a path its app does not have. */
export function pathOutcome(subPath: string): Outcome {
  const message = `Path /${subPath} not found`;
  return {
    answer: { status: 404, headers: { 'x-fal-billable-units': '0' }, body: { detail: message } },
    failure: { message, type: 'not_found' },
  };
}

/** fal-protocol §4.4: a cancel that the app honoured. */
export function cancelledOutcome(): Outcome {
  const message = 'Request was cancelled by the client';
  return failedOutcome(499, message, 'client_cancelled');
}

/** The platform's error family (fal-protocol §10.1, §10.3). */
export function failedOutcome(
  status: number,
  message: string,
  type: string,
  headers: Readonly<Record<string, string>> = {},
): Outcome {
  return {
    answer: {
      status,
      headers: { 'x-fal-error-type': type, ...headers },
      body: { detail: message, error_type: type },
    },
    failure: { message, type },
  };
}

export function outcomeOfError(error: ModelError): Outcome {
  return { answer: error.answer, failure: { message: error.message, type: error.errorType } };
}

/** Runs a model to its end, handing on each event. Never throws: whatever goes wrong is an outcome. */
export async function execute(
  model: LocalModel,
  input: unknown,
  context: RunContext,
  onEvent: (event: RunEvent) => Promise<void> | void,
): Promise<Outcome> {
  try {
    for await (const event of model.run(input, context)) {
      if (context.signal.aborted) return cancelledOutcome();
      await onEvent(event);
      if (event.kind === 'output') {
        return {
          answer: {
            status: 200,
            headers: { 'x-fal-billable-units': String(billableUnits(model, input, event.data)) },
            body: event.data,
          },
          failure: null,
        };
      }
    }
  } catch (error) {
    if (context.signal.aborted) return cancelledOutcome();
    if (error instanceof ModelError) return outcomeOfError(error);
    const reason = error instanceof Error ? error.message : String(error);
    return failedOutcome(500, `Internal Server Error: ${reason}`, 'runner_server_error');
  }
  return failedOutcome(500, 'The runner ended without an output', 'runner_server_error');
}
