import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AppError } from '../../shared/fal/errors.ts';

interface ErrorNoteProps {
  readonly error: AppError;
  readonly action?: ReactNode;
}

/** What happened, in whose words, what was kept and what to do. */
export function ErrorNote({ error, action }: ErrorNoteProps): ReactNode {
  return (
    <div
      role="alert"
      className="flex max-w-xl gap-3 rounded-lg border border-line bg-danger-wash p-4 text-left"
    >
      <CircleAlert size={16} className="mt-0.5 shrink-0 text-danger" aria-hidden />
      <div className="min-w-0 space-y-1.5">
        <h2 className="font-medium text-text">{error.title}</h2>
        {error.detail !== '' && (
          <p className="max-h-40 overflow-y-auto font-mono text-xs break-words whitespace-pre-wrap text-soft">
            {error.detail}
          </p>
        )}
        {error.hint !== '' && <p className="text-soft">{error.hint}</p>}
        {error.requestId !== null && (
          <p className="font-mono text-xs text-faint">Request {error.requestId}</p>
        )}
        {action !== undefined && action !== false && <div className="flex gap-2 pt-1.5">{action}</div>}
      </div>
    </div>
  );
}
