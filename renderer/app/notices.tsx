import { TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useApp } from '../stores/app.ts';
import { IconButton } from '../ui/button.tsx';

/** What went wrong at start and what was kept, until it has been read. */
export function Notices(): ReactNode {
  const notices = useApp((state) => state.notices);
  const [read, setRead] = useState(0);
  const unread = notices.slice(read);
  if (unread.length === 0) return null;
  return (
    <div role="alert" className="flex items-start gap-2 border-b border-line bg-danger-wash px-4 py-2">
      <TriangleAlert size={16} className="mt-0.5 shrink-0 text-danger" aria-hidden />
      <div className="max-h-24 min-w-0 flex-1 overflow-y-auto break-words">
        {unread.map((notice) => (
          <p key={notice}>{notice}</p>
        ))}
      </div>
      <IconButton label="Close" onClick={() => setRead(notices.length)}>
        <X size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
