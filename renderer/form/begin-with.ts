import { sameJson } from '../../shared/json.ts';
import type { JsonObject } from '../../shared/json.ts';
import { useRequests } from '../stores/requests.ts';
import { say, sayWithUndo } from '../ui/toasts.tsx';

/** Puts another request in the draft's place, says so, and offers the way back. */
export function beginWith(endpointId: string, input: JsonObject, said: string): void {
  const { drafts, unread, replace } = useRequests.getState();
  const before = drafts[endpointId] ?? {};
  // What could not be read is not kept by anything, and does not come back.
  const mistyped = Object.keys(unread[endpointId] ?? {}).length > 0;
  replace(endpointId, input);
  if (sameJson(before, input) && !mistyped) return say(said);
  sayWithUndo(said, undefined, () => replace(endpointId, before));
}
