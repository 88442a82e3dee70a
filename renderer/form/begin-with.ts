import { sameJson } from '../../shared/json.ts';
import type { JsonObject } from '../../shared/json.ts';
import { ask } from '../bridge.ts';
import { useRequests } from '../stores/requests.ts';
import { say, sayWithUndo } from '../ui/toasts.tsx';

interface Begun {
  readonly endpointId: string;
  readonly input: JsonObject;
  readonly said: string;
  readonly detail?: string | undefined;
  /** What else is undone, where more than the draft was changed. */
  readonly back?: (() => void) | undefined;
}

/** Puts another request in the place of an open model's draft, says so, and offers the way back. */
export function beginWith(endpointId: string, input: JsonObject, said: string): void {
  const { drafts, replace } = useRequests.getState();
  const undo = wayBack(endpointId, drafts[endpointId] ?? {}, input);
  replace(endpointId, input);
  tell({ endpointId, input, said }, undo);
}

/** The same for a model that `open` opens with the request. */
export async function openWith(begun: Begun, open: () => Promise<void>): Promise<void> {
  const { endpointId, input } = begun;
  const undo = wayBack(endpointId, await draftOf(endpointId), input);
  void open();
  tell(begun, undo);
}

function tell({ endpointId, said, detail, back }: Begun, undo: (() => void) | null): void {
  if (undo === null && back === undefined) return say(said, detail);
  const undoAll = (): void => {
    undo?.();
    back?.();
  };
  sayWithUndo(said, detail, undoAll, endpointId);
}

/** Brings back what stood in the draft's place; null where that was nothing, or no other than what came. */
function wayBack(endpointId: string, before: JsonObject, input: JsonObject): (() => void) | null {
  const { unread, replace, setUnread } = useRequests.getState();
  const texts = Object.entries(unread[endpointId] ?? {});
  const nothing = Object.keys(before).length === 0 || sameJson(before, input);
  if (nothing && texts.length === 0) return null;
  return () => {
    replace(endpointId, before);
    for (const [place, text] of texts) setUnread(endpointId, place, text);
  };
}

/** What stands in a model's form, or would if it were opened. */
async function draftOf(endpointId: string): Promise<JsonObject> {
  const known = useRequests.getState().drafts[endpointId];
  if (known !== undefined) return known;
  const kept = await ask('drafts.kept', { endpointId });
  return kept.ok ? (kept.value ?? {}) : {};
}
