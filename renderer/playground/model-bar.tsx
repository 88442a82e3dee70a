import { ChevronDown, ExternalLink, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { speaksRealtime } from '../../shared/realtime/support.ts';
import { ask } from '../bridge.ts';
import { useApp } from '../stores/app.ts';
import { useLive } from '../stores/live.ts';
import { useModels } from '../stores/models.ts';
import { activeRealm, useProfiles } from '../stores/profiles.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Tip } from '../ui/tip.tsx';
import { MethodChoice } from '../options/method-choice.tsx';
import { priceWords } from '../viewers/words.ts';

/** The list is the one from before: what it says of the model may be old. */
function Offline(): ReactNode {
  const offline = useModels((state) => state.error?.kind === 'network' && state.models.length > 0);
  return (
    offline && (
      <Tip text="fal could not be reached. Models and forms are those from before." side="bottom">
        <span className="rounded-sm bg-hover px-1.5 text-xs text-soft">offline</span>
      </Tip>
    )
  );
}

interface ModelBarProps {
  readonly endpointId: string;
  /** How the screen asks the model. */
  readonly way: 'queue' | 'realtime';
}

/** The open model: its name, what it is and costs, and the way to another. */
export function ModelBar({ endpointId, way }: ModelBarProps): ReactNode {
  const model = useModels((state) => state.byId.get(endpointId));
  const price = useModels((state) => state.prices[endpointId]);
  const openPicker = useApp((state) => state.openPicker);
  const onFal = useProfiles((state) => activeRealm(state) === 'fal');
  const goLive = (): void => {
    useApp.getState().go('realtime');
    void useLive.getState().open(endpointId);
  };
  // The price first: where there is little room, it is what must be read.
  const facts = [price && priceWords(price), model?.category, way === 'realtime' && way]
    .filter(Boolean)
    .join(' · ');
  return (
    <>
      <h1 className="min-w-0">
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => openPicker(true)}
          className="field flex h-8 max-w-full min-w-0 items-center gap-2 pr-2 pl-3"
        >
          <span className="truncate font-mono text-xs">{endpointId}</span>
          <ChevronDown size={14} className="shrink-0 text-faint" aria-hidden />
          <span className="sr-only">Choose another model</span>
          <Kbd keys="Mod+K" className="pl-2 text-faint max-[1000px]:hidden" />
        </button>
      </h1>
      <Offline />
      {model?.deprecated && <span className="rounded-sm bg-hover px-1.5 text-xs text-soft">deprecated</span>}
      <p className="min-w-0 truncate text-faint">{facts}</p>
      {way === 'queue' && <MethodChoice endpointId={endpointId} />}
      {way === 'queue' && speaksRealtime(endpointId) && (
        <Button look="quiet" className="h-7 px-2" onClick={goLive}>
          <Zap size={14} aria-hidden />
          Live
        </Button>
      )}
      {onFal && (
        <IconButton
          label="Open this model's page on fal.ai"
          side="bottom"
          onClick={() => void ask('app.openExternal', { url: `https://fal.ai/models/${endpointId}` })}
        >
          <ExternalLink size={14} aria-hidden />
        </IconButton>
      )}
    </>
  );
}
