import { useRef } from 'react';
import type { ReactNode } from 'react';
import type { Health } from '../../shared/ipc/storage.ts';
import { assertNever } from '../../shared/result.ts';
import { useStorage } from '../stores/storage.ts';
import { Button } from '../ui/button.tsx';
import { ProgressBar } from '../viewers/run-progress.tsx';
import { checkWords } from './check-words.ts';

/** Reads every file and says whether it is what was kept; what is not can be downloaded again. */
export function FileCheck(): ReactNode {
  const health = useStorage((state) => state.health);
  const verify = useStorage((state) => state.verify);
  const stop = useStorage((state) => state.stop);
  const repair = useStorage((state) => state.repair);
  const other = useRef<HTMLButtonElement>(null);
  const busy = health.kind === 'verifying' || health.kind === 'repairing';
  return (
    <div className="flex items-start gap-4 p-4">
      <div className="min-w-0 flex-1">
        <p>Check the files</p>
        <p className="text-soft">Reads each one and compares it with what was kept.</p>
        {/* How far it is, the bar tells whoever asks it; said by itself is what came of it. */}
        {busy && <div className="tabular text-soft">{checkWords(health)}</div>}
        <div role="status" className="tabular">
          {!busy &&
            checkWords(health).map((words) => (
              <p key={words} className={health.kind === 'failed' ? 'text-danger' : 'text-soft'}>
                {words}
              </p>
            ))}
        </div>
        {busy && (
          <ProgressBar
            label="Progress of the check"
            words={checkWords(health).join(' ')}
            value={shareOf(health)}
            className="mt-2 w-full max-w-80"
          />
        )}
      </div>
      <div className="flex gap-2">
        {canRepair(health) && (
          <Button
            onClick={() => {
              // This button goes; the other ends what it began.
              other.current?.focus();
              void repair();
            }}
          >
            Repair
          </Button>
        )}
        {/* One button in both states, so that the focus stays on it. */}
        <Button ref={other} onClick={() => void (busy ? stop() : verify())}>
          {busy ? 'Stop' : 'Check now'}
        </Button>
      </div>
    </div>
  );
}

const canRepair = (health: Health): boolean =>
  health.kind === 'verified' && health.missing + health.altered + health.orphans.files > 0;

/** 0 to 1; null where it is not known. */
function shareOf(health: Health): number | null {
  switch (health.kind) {
    case 'verifying':
      return health.ofBytes === 0 ? null : Math.min(1, health.bytes / health.ofBytes);
    case 'repairing':
      return health.of === 0 ? null : health.done / health.of;
    case 'unknown':
    case 'verified':
    case 'repaired':
    case 'failed':
      return null;
    default:
      return assertNever(health);
  }
}
