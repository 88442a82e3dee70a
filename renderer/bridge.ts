import type {
  CommandName,
  CommandRequest,
  CommandResponse,
  EventName,
  EventPayload,
  PlaygroundApi,
} from '../shared/ipc/contract.ts';
import type { Answer } from '../shared/ipc/define.ts';

declare global {
  interface Window {
    readonly playground: PlaygroundApi;
  }
}

/** Asks main; failures come back as data. */
export function ask<N extends CommandName>(
  name: N,
  request: CommandRequest<N>,
): Promise<Answer<CommandResponse<N>>> {
  return window.playground.commands[name](request);
}

/** Listens to main; the answer ends it. */
export function listen<N extends EventName>(
  name: N,
  listener: (payload: EventPayload<N>) => void,
): () => void {
  return window.playground.events[name](listener);
}
