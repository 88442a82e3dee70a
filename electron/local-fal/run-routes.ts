import { randomUUID } from 'node:crypto';
import type { Exchange, LocalFalHooks, LocalModel, RunContext } from './types.ts';
import { detail, EventStream, readJson, sendAnswer, toJson } from './http.ts';
import type { ModelIndex } from './ids.ts';
import type { FileStore } from './file-store.ts';
import type { Outcome } from './execution.ts';
import { execute, makeContext, pathOutcome, validationOutcome } from './execution.ts';

export type RunServices = {
  readonly index: ModelIndex;
  readonly files: FileStore;
  readonly pace: number;
  readonly hooks: LocalFalHooks;
  /** Aborts when the server closes. */
  readonly closing: AbortSignal;
};

/** Direct calls and model streams (fal-protocol §3, §6). They pass the queue by. */
export async function handleRun(exchange: Exchange, services: RunServices): Promise<void> {
  const { request, response, path, method } = exchange;
  if (method !== 'POST') return sendAnswer(response, detail(405, 'Method Not Allowed', { allow: 'POST' }));
  const body = await readJson(request);
  const resolved = services.index.resolve(path);
  if (resolved.kind === 'unknown') {
    return sendAnswer(response, detail(404, `Application '${path}' not found`));
  }
  exchange.endpoint = resolved.endpointId;
  if (!body.ok) return sendAnswer(response, body.answer);

  const id = randomUUID();
  const target = pickTarget(resolved);
  if (target.kind === 'no-path') return sendOutcome(exchange, pathOutcome(target.subPath), id);
  const details = target.model.validate(body.json);
  if (details) return sendOutcome(exchange, validationOutcome(details), id);

  const abort = new AbortController();
  // A dropped connection cancels the work (fal-protocol §3).
  response.once('close', () => abort.abort());
  const context = makeContext({
    requestId: id,
    signal: AbortSignal.any([abort.signal, services.closing]),
    streaming: target.kind === 'stream',
    bodyText: body.text,
    pace: services.pace,
    files: services.files,
  });
  if (target.kind === 'stream') return stream(exchange, target.model, body.json, context, services.hooks);
  sendOutcome(exchange, await execute(target.model, body.json, context, () => undefined), id);
}

type Target =
  | { readonly kind: 'run' | 'stream'; readonly model: LocalModel }
  | { readonly kind: 'no-path'; readonly subPath: string };

function pickTarget(resolved: ReturnType<ModelIndex['resolve']> & { subPath: string }): Target {
  if (resolved.kind !== 'model') return { kind: 'no-path', subPath: resolved.subPath };
  const { model, subPath } = resolved;
  // An id that ends with /stream is its own streaming path (fal-protocol §2.3).
  if (subPath === '')
    return { kind: model.streams && model.endpointId.endsWith('/stream') ? 'stream' : 'run', model };
  if (subPath === 'stream' && model.streams) return { kind: 'stream', model };
  return { kind: 'no-path', subPath };
}

function sendOutcome(exchange: Exchange, outcome: Outcome, id: string): void {
  const { answer } = outcome;
  sendAnswer(exchange.response, { ...answer, headers: { ...answer.headers, 'x-fal-request-id': id } });
}

async function stream(
  exchange: Exchange,
  model: LocalModel,
  input: unknown,
  context: RunContext,
  hooks: LocalFalHooks,
): Promise<void> {
  const events = new EventStream(exchange.response, { 'x-fal-request-id': context.requestId });
  const mishap = hooks.onStream?.(exchange) ?? {};
  let sent = 0;
  const send = async (data: unknown): Promise<void> => {
    if (mishap.after && sent >= mishap.after.events) {
      if (mishap.after.how === 'cut') events.cut();
      return events.fallSilent();
    }
    sent += 1;
    if (mishap.comments === true) await events.write(': a comment\n\n');
    const text = `data: ${toJson(data)}\n\n`;
    await (mishap.split === true ? events.writeSplit(text) : events.write(text));
  };
  const outcome = await execute(model, input, context, async (event) => {
    if (event.kind !== 'log') await send(event.data);
  });
  // The head is sent, so an error can only be told inside the stream.
  if (outcome.failure) await send({ error: outcome.failure, ...asRecord(outcome.answer.body) });
  if (mishap.closing !== undefined) await events.write(mishap.closing);
  events.end();
}

function asRecord(body: unknown): object {
  return typeof body === 'object' && body !== null ? body : { detail: body };
}
