import { assertNever } from '../../shared/result.ts';
import type { LiveLink } from '../stores/live.ts';

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
