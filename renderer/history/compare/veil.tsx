import { EyeOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';

interface VeilProps {
  /** Blurred beyond recognition. */
  readonly children: ReactNode;
  readonly label: string;
  readonly onUncover: () => void;
}

/** In the place of what its model marked as not for every eye, where there is little room. */
export function Veil({ children, label, onUncover }: VeilProps): ReactNode {
  return (
    <div className="relative flex min-h-0 flex-1 overflow-hidden">
      <div aria-hidden className="absolute inset-0 overflow-hidden blur-3xl">
        {children}
      </div>
      <div className="relative m-auto flex flex-col items-center gap-2 rounded-lg border border-line bg-panel p-4 text-center">
        <p className="flex items-center gap-2 text-soft">
          <EyeOff size={14} aria-hidden className="shrink-0" />
          Marked as not safe for work
        </p>
        <Button onClick={onUncover}>{label}</Button>
      </div>
    </div>
  );
}
