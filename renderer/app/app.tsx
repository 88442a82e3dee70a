import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';
import { assertNever } from '../../shared/result.ts';
import { History } from '../history/history.tsx';
import { AttachDialog } from '../jobs/attach-dialog.tsx';
import { EndsSpoken } from '../jobs/ends-spoken.tsx';
import { TransferLine } from '../history/transfer-line.tsx';
import { ModelBrowser } from '../models/model-browser.tsx';
import { LimitDialog } from '../money/limit-dialog.tsx';
import { useGlobalPaste } from '../models/use-global-paste.ts';
import { Playground } from '../playground/playground.tsx';
import { Realtime } from '../realtime/realtime.tsx';
import { Settings } from '../settings/settings.tsx';
import { useApp } from '../stores/app.ts';
import type { Screen } from '../stores/app.ts';
import { TipLayer } from '../ui/tip.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { FileDrop } from './file-drop.tsx';
import { Notices } from './notices.tsx';
import { Rail } from './rail.tsx';
import { useShortcuts } from './shortcuts.ts';

export function App(): ReactNode {
  const screen = useApp((state) => state.screen);
  const immersed = useApp((state) => state.immersed);
  useShortcuts();
  useGlobalPaste();
  return (
    <Tooltip.Provider delay={500}>
      <div className="flex h-full">
        {!immersed && <Rail />}
        <main className="flex min-w-0 flex-1 flex-col">
          <Notices />
          <TransferLine />
          <ScreenView screen={screen} />
        </main>
      </div>
      <ModelBrowser />
      <AttachDialog />
      <EndsSpoken />
      <LimitDialog />
      <FileDrop />
      <TipLayer />
      <Toasts />
    </Tooltip.Provider>
  );
}

function ScreenView({ screen }: { readonly screen: Screen }): ReactNode {
  switch (screen) {
    case 'playground':
      return <Playground />;
    case 'realtime':
      return <Realtime />;
    case 'history':
      return <History />;
    case 'settings':
      return <Settings />;
    default:
      return assertNever(screen);
  }
}
