import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLive } from '../stores/live.ts';

/** Why the last input gave no picture; gone with the next one that does. */
export function RefusalLine(): ReactNode {
  const refusal = useLive((state) => state.refusal);
  if (refusal === null) return null;
  const { title, detail } = refusal.error;
  return (
    <p role="status" className="flex shrink-0 items-start justify-center gap-2 px-4 pb-2 text-soft">
      <CircleAlert size={14} aria-hidden className="mt-[3px] shrink-0 text-danger" />
      <span className="line-clamp-2 min-w-0 break-words">
        {title}
        {detail !== '' && `: ${detail}`}
      </span>
    </p>
  );
}
