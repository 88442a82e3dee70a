import { Minus, Plus, RotateCcw } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { StoredMedia } from '../../shared/runs/run.ts';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { FileView } from './file-view.tsx';
import { prepareModel } from './model/prepare-model.ts';
import type { Stage } from './model/stage.ts';
import { mediaUrl } from './title.ts';
import { fileSize } from './words.ts';

type Shown =
  | { readonly kind: 'loading' }
  | { readonly kind: 'drawn' }
  | { readonly kind: 'not'; readonly trouble: 'unreadable' | { readonly why: string } };

const NO_GRAPHICS = { why: 'This computer offers no 3D graphics (WebGL) to draw it with.' };

/** A glTF, to be turned and looked at from all sides; a file with words where it cannot be drawn. */
export function ModelViewer({ file }: { readonly file: StoredMedia }): ReactNode {
  const { sha256, bytes, fileName } = file;
  const place = useRef<HTMLDivElement>(null);
  const stage = useRef<Stage>(null);
  const [shown, setShown] = useState<Shown>({ kind: 'loading' });
  useEffect(() => {
    const stop = new AbortController();
    let close = (): void => undefined;
    const not = (trouble: Extract<Shown, { kind: 'not' }>['trouble']): void => {
      if (!stop.signal.aborted) setShown({ kind: 'not', trouble });
    };
    const draw = async (): Promise<void> => {
      if (!hasGraphics()) return not(NO_GRAPHICS);
      const ready = await prepareModel(mediaUrl({ sha256 }), bytes, stop.signal);
      if (ready.kind === 'unreadable') return not('unreadable');
      if (ready.kind === 'refused') return not(ready);
      close = ready.close;
      const { openStage } = await import('./model/stage.ts');
      if (stop.signal.aborted || place.current === null) return ready.close();
      const opened = openStage({
        parent: place.current,
        src: ready.src,
        alt: `Result: ${fileName}`,
        onReady: () => setShown({ kind: 'drawn' }),
        onError: () => not('unreadable'),
      });
      stage.current = opened;
      close = () => {
        opened.close();
        ready.close();
      };
    };
    draw().catch(() => not('unreadable'));
    return () => {
      stop.abort();
      stage.current = null;
      close();
    };
  }, [sha256, bytes, fileName]);
  if (shown.kind === 'not') return <FileView file={file} trouble={shown.trouble} />;
  const drawn = shown.kind === 'drawn';
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {!drawn && (
        <p role="status" className="absolute inset-0 flex items-center justify-center text-soft">
          Opening {fileName} ({fileSize(bytes)})…
        </p>
      )}
      <div ref={place} className={cx('min-h-0 flex-1 p-2', !drawn && 'invisible')} />
      {drawn && (
        <div
          role="group"
          aria-label="View of the object"
          className="absolute right-3 bottom-3 flex rounded-md border border-line bg-raised"
        >
          <IconButton label="Nearer" onClick={() => stage.current?.zoom(1)}>
            <Plus size={14} aria-hidden />
          </IconButton>
          <IconButton label="Farther" onClick={() => stage.current?.zoom(-1)}>
            <Minus size={14} aria-hidden />
          </IconButton>
          <IconButton label="As at first" onClick={() => stage.current?.reset()}>
            <RotateCcw size={14} aria-hidden />
          </IconButton>
        </div>
      )}
    </div>
  );
}

function hasGraphics(): boolean {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('webgl2');
  // A window has room for few of them.
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
