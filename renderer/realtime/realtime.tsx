import { Zap } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { TopBar } from '../app/top-bar.tsx';
import { FileIntakeContext } from '../fields/file-intake.ts';
import { FileToolContext } from '../fields/file-tool.ts';
import { RequestPanel } from '../form/request-panel.tsx';
import type { RequestViewName } from '../form/request-panel.tsx';
import { ModelBar } from '../playground/model-bar.tsx';
import { useApp } from '../stores/app.ts';
import { useLive } from '../stores/live.ts';
import { useModels } from '../stores/models.ts';
import { useProfiles } from '../stores/profiles.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { State } from '../ui/state.tsx';
import { drawTool } from './draw-button.tsx';
import { useLiveKeys } from './keys.ts';
import { takeForLive } from './live-intake.ts';
import { Stage } from './stage.tsx';
import { StartBar } from './start-bar.tsx';

/** A model's request at the left, and the picture that follows it at the right. */
export function Realtime(): ReactNode {
  const endpointId = useLive((state) => state.endpointId);
  return endpointId === null ? <NoModel /> : <LiveModel key={endpointId} endpointId={endpointId} />;
}

function LiveModel({ endpointId }: { readonly endpointId: string }): ReactNode {
  const immersed = useApp((state) => state.immersed);
  const [view, setView] = useState<RequestViewName>('form');
  const seed = useLive((state) => state.seedInSight);
  useSession(endpointId);
  useLiveKeys();
  return (
    <>
      {!immersed && (
        <TopBar>
          <ModelBar endpointId={endpointId} way="realtime" />
        </TopBar>
      )}
      <div
        className={cx(
          'grid min-h-0 flex-1',
          immersed
            ? 'grid-cols-1'
            : 'grid-cols-[clamp(18rem,36%,26rem)_minmax(0,1fr)] max-[720px]:flex max-[720px]:flex-col max-[720px]:overflow-y-auto',
        )}
      >
        <div className={immersed ? 'hidden' : 'contents'}>
          <FileIntakeContext value={takeForLive}>
            <FileToolContext value={drawTool}>
              <RequestPanel
                endpointId={endpointId}
                way="realtime"
                lastSeed={seed}
                view={view}
                onView={setView}
                bar={<StartBar endpointId={endpointId} />}
              />
            </FileToolContext>
          </FileIntakeContext>
        </div>
        <Stage endpointId={endpointId} />
      </div>
    </>
  );
}

/** A session for as long as the screen shows this model to this account; opening one sends nothing. */
function useSession(endpointId: string): void {
  const profileId = useProfiles((state) => state.active);
  const maxBuffering = useLive((state) => state.maxBuffering);
  const insistedOn = useLive((state) => state.insistedOn);
  const attempt = useLive((state) => state.attempt);
  const open = useLive((state) => state.open);
  const begin = useLive((state) => state.begin);
  useEffect(() => void open(endpointId), [open, endpointId]);
  useEffect(() => begin(), [begin, endpointId, profileId, maxBuffering, insistedOn, attempt]);
}

function NoModel(): ReactNode {
  const loading = useModels((state) => state.loading);
  const openPicker = useApp((state) => state.openPicker);
  return (
    <>
      <TopBar>
        <h1 className="font-medium">Realtime</h1>
      </TopBar>
      {loading ? (
        <State title="Reading the catalogue…" />
      ) : (
        <State
          icon={<Zap size={32} strokeWidth={1.25} aria-hidden />}
          title="No model is open"
          text="Realtime models answer every change with a picture, while you make it."
          action={
            <Button look="primary" onClick={() => openPicker(true)}>
              Choose a realtime model
            </Button>
          }
        />
      )}
    </>
  );
}
