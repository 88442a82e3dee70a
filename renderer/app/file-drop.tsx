import { FileInput } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { restoreRequest } from '../form/restore-request.ts';
import { useApp } from '../stores/app.ts';
import { sayProblem } from '../ui/toasts.tsx';
import { isOwnDrag } from '../viewers/file-out.ts';

/** What is let go over the window and not over a field that takes it opens the request it came of. */
export function FileDrop(): ReactNode {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const isOurs = (event: DragEvent): boolean => {
      const { screen, pickerOpen } = useApp.getState();
      return (
        // A field took it.
        !event.defaultPrevented &&
        (screen === 'playground' || screen === 'history') &&
        !pickerOpen &&
        !isOwnDrag() &&
        event.dataTransfer?.types.includes('Files') === true &&
        !(event.target instanceof Element && event.target.closest('[role="dialog"]') !== null)
      );
    };
    const onOver = (event: DragEvent): void => {
      const ours = isOurs(event);
      setOver(ours);
      if (!ours) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const onLeave = ({ relatedTarget }: DragEvent): void => {
      if (relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      const [file, ...others] = event.dataTransfer?.files ?? [];
      if (!isOurs(event) || file === undefined) return;
      event.preventDefault();
      if (others.length > 0) sayProblem('One file at a time, please', 'Nothing was changed.');
      else void restoreRequest(file);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  if (!over) return null;
  return (
    // For the pointer; the presets' menu has the same for the keys.
    <div
      aria-hidden
      className="pointer-events-none fixed inset-1 z-40 flex items-end justify-center rounded-lg border-2 border-dashed border-accent pb-16"
    >
      <p className="flex items-center gap-2 rounded-md border border-line bg-raised px-3 py-2 shadow-float">
        <FileInput size={14} />
        Drop it to open the request it came of
      </p>
    </div>
  );
}
