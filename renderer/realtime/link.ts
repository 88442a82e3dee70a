import type { AppError } from '../../shared/fal/errors.ts';
import type { LiveState } from '../../shared/realtime/messages.ts';
import { speaksRealtime } from '../../shared/realtime/support.ts';
import { assertNever } from '../../shared/result.ts';

/** How the window stands with main about the open model. */
export type LiveLink =
  /** No session: the screen is closed, or the model is not known to answer live. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening' }
  /** Main opens none; `error` says why. */
  | { readonly kind: 'unopened'; readonly error: AppError }
  | { readonly kind: 'open'; readonly session: number; readonly state: LiveState };

/** Whether a session is opened at all: its id tells that the model answers live, or the person wants to try. */
export function mayAnswerLive(endpointId: string, insistedOn: string | null): boolean {
  return speaksRealtime(endpointId) || insistedOn === endpointId;
}

/** Where the session stands, in a word or two. */
export function linkWords(link: LiveLink): string {
  switch (link.kind) {
    case 'closed':
    case 'opening':
      return 'Not connected';
    case 'unopened':
      return 'Not live';
    case 'open':
      break;
    default:
      return assertNever(link);
  }
  switch (link.state.kind) {
    case 'idle':
      return 'Not connected';
    case 'connecting':
      return 'Connecting';
    case 'live':
      return 'Live';
    case 'waiting':
      return 'Connection lost';
    case 'failed':
      return 'Stopped';
    default:
      return assertNever(link.state);
  }
}
