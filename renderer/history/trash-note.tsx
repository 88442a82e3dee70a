import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { PurgeSheet } from './purge-sheet.tsx';

/** Over what is in the trash: how long it stays there, and the way to be rid of it now. */
export function TrashNote(): ReactNode {
  const [emptying, setEmptying] = useState(false);
  return (
    <div className="flex shrink-0 items-center gap-3 border-b border-line px-4 py-1.5">
      <p className="min-w-0 flex-1 text-soft">
        Runs in the trash are deleted for good after 30 days. Until then they can be restored.
      </p>
      <Button onClick={() => setEmptying(true)}>Empty the trash…</Button>
      <PurgeSheet title="Empty the trash?" ids={null} open={emptying} onOpen={setEmptying} />
    </div>
  );
}
