import type { LiveMode } from '../../../shared/realtime/traits.ts';
import type { Dialogue } from './dialogue.ts';
import { Flow } from './flow.ts';
import { Turns } from './turns.ts';

export interface DialogueOptions {
  readonly mode: LiveMode | undefined;
  /** Inputs the server may keep waiting, where it was told. */
  readonly maxBuffering: number | undefined;
  /** The property by which the model tells its answers apart, where it has one. */
  readonly echo: string | undefined;
}

/** As the model's mode wants it (fal-protocol §7.5). */
export function dialogueFor({ mode, maxBuffering, echo }: DialogueOptions): Dialogue {
  if (mode === 'client_streaming' || mode === 'bidi') return new Flow({ mode, echo });
  return new Turns({
    // With room for only one input at the server a second one on its way could push out the first.
    room: (maxBuffering ?? 1) >= 2 ? 2 : 1,
    streams: mode === 'server_streaming',
    echo,
  });
}
