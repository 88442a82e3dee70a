import type { ReactNode } from 'react';
import { useApp } from '../stores/app.ts';
import { useLive } from '../stores/live.ts';
import { CaptureBar } from './capture-bar.tsx';
import { FullViewBar } from './full-view-bar.tsx';
import { Instruments } from './instruments.tsx';
import { KeptStrip } from './kept-strip.tsx';
import { LinkNote } from './link-note.tsx';
import { LiveView } from './live-view.tsx';
import { RefusalLine } from './refusal-line.tsx';
import { StageBar } from './stage-bar.tsx';

/** The picture as large as the room allows, and around it what is known of it and can be done with it. */
export function Stage({ endpointId }: { readonly endpointId: string }): ReactNode {
  const immersed = useApp((state) => state.immersed);
  const instruments = useApp((state) => state.switches.instruments);
  const something = useLive((state) => state.sight.kind !== 'nothing');
  // The reason takes the room that numbers had.
  const over = useLive(({ link }) => link.kind === 'open' && link.state.kind === 'failed');
  const begun = useLive((state) => state.begun);
  return (
    <section
      aria-label="Live picture"
      className="relative flex min-h-0 min-w-0 flex-col max-[720px]:min-h-112 max-[720px]:shrink-0 max-[720px]:border-t max-[720px]:border-line"
    >
      {!immersed && <StageBar />}
      <LiveView endpointId={endpointId} />
      {something && (
        <div className="mx-auto shrink-0 px-4 pb-3 empty:hidden">
          <LinkNote />
        </div>
      )}
      {!over && <RefusalLine />}
      {instruments && begun && !over && <Instruments />}
      {immersed ? (
        <FullViewBar />
      ) : (
        <>
          <KeptStrip />
          <CaptureBar endpointId={endpointId} />
        </>
      )}
    </section>
  );
}
