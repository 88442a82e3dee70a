import type { ReactNode } from 'react';
import { useTransfer } from '../stores/transfer.ts';
import { Button } from '../ui/button.tsx';
import { ProgressBar } from '../viewers/run-progress.tsx';
import { transferWords } from './transfer-words.ts';

/** An export or import under way, over whatever screen is open: how far it is, and the way to stop it. */
export function TransferLine(): ReactNode {
  const transfer = useTransfer((state) => state.transfer);
  const stopping = useTransfer((state) => state.stopping);
  const stop = useTransfer((state) => state.stop);
  if (transfer === null) return null;
  const { done, total } = transfer;
  return (
    <section
      aria-label="Export or import"
      className="flex h-10 shrink-0 items-center gap-3 border-b border-line bg-panel px-4"
    >
      <ProgressBar
        label="Progress of the export or import"
        value={total === null || total === 0 ? null : done / total}
        className="w-28 shrink-0"
      />
      <p className="tabular min-w-0 flex-1 truncate text-soft">
        {stopping ? 'Stopping…' : transferWords(transfer)}
      </p>
      <Button className="h-7" disabled={stopping} onClick={() => void stop()}>
        Stop
      </Button>
    </section>
  );
}
