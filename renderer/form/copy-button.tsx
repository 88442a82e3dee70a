import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { ask } from '../bridge.ts';
import { Button } from '../ui/button.tsx';
import { say, sayError } from '../ui/toasts.tsx';

interface CopyButtonProps {
  readonly label: string;
  /** Said when it is done. */
  readonly done: string;
  readonly text: () => string;
  readonly disabled?: boolean;
}

export function CopyButton({ label, done, text, disabled = false }: CopyButtonProps): ReactNode {
  const copy = async (): Promise<void> => {
    const answer = await ask('app.copyText', { text: text() });
    if (answer.ok) say(done);
    else sayError(answer.error);
  };
  return (
    <Button
      look="quiet"
      aria-label={label}
      disabled={disabled}
      className="h-7 px-2"
      onClick={() => void copy()}
    >
      <Copy size={14} aria-hidden />
      <span className="hidden @[20rem]:inline">Copy</span>
    </Button>
  );
}
