import { EyeOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { State } from '../ui/state.tsx';

interface CoverProps {
  readonly what: 'picture' | 'video';
  /** The file as it may be seen: blurred beyond recognition. */
  readonly children: ReactNode;
  readonly onUncover: () => void;
}

/** In the place of a file its model marked as not for every eye. */
export function Cover({ what, children, onUncover }: CoverProps): ReactNode {
  return (
    <div className="relative flex min-h-0 flex-1 overflow-hidden">
      <div aria-hidden className="absolute inset-0 overflow-hidden blur-3xl">
        {children}
      </div>
      <div className="relative m-auto rounded-lg border border-line bg-panel">
        <State
          icon={<EyeOff size={28} strokeWidth={1.25} aria-hidden />}
          title={`The model marked this ${what} as not safe for work`}
          text="It stays blurred wherever it stands until you ask to see what this run made."
          action={<Button onClick={onUncover}>Show it</Button>}
        />
      </div>
    </div>
  );
}
