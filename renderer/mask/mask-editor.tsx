import { Contrast, PaintBucket, Redo2, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { Button, IconButton } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Slider } from '../ui/slider.tsx';
import { MaskCanvas } from './mask-canvas.tsx';
import { doOp, isBlank, redo, undo } from './mask-ops.ts';
import type { MaskHistory, Size } from './mask-ops.ts';

interface MaskEditorProps {
  readonly source: string;
  readonly size: Size;
  readonly base: CanvasImageSource | null;
  readonly history: MaskHistory;
  readonly onHistory: (history: MaskHistory) => void;
  readonly onCancel: () => void;
  readonly onUse: () => void;
  /** The mask is being made. */
  readonly busy: boolean;
}

const TOOLS = [
  { value: 'brush', label: 'Brush' },
  { value: 'eraser', label: 'Eraser' },
] as const;

/** Draws a mask with a brush: tools above, the image, and what becomes of it below. */
export function MaskEditor(props: MaskEditorProps): ReactNode {
  const { source, size, base, history, onHistory, onCancel, onUse, busy } = props;
  const longest = Math.max(size.width, size.height);
  const largest = Math.max(8, Math.round(longest / 3));
  const [tool, setTool] = useState<'brush' | 'eraser'>('brush');
  const [brush, setBrush] = useState(Math.max(4, Math.round(longest / 16)));
  const act = (kind: 'fill' | 'clear' | 'invert'): void => onHistory(doOp(history, { kind }));
  const resize = (by: number): void =>
    setBrush((width) => Math.min(Math.max(Math.round(width * by), 1), largest));

  const onKeyDown = (event: KeyboardEvent): void => {
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (command && key === 'z') onHistory(event.shiftKey ? redo(history) : undo(history));
    else if (command && key === 'y') onHistory(redo(history));
    else if (!command && key === 'b') setTool('brush');
    else if (!command && key === 'e') setTool('eraser');
    else if (!command && key === '[') resize(1 / 1.25);
    else if (!command && key === ']') resize(1.25);
    else return;
    event.preventDefault();
  };

  return (
    // The focus goes here from the image that is drawn on, and the keys with it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="group"
      aria-label="Mask"
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className="flex min-h-0 flex-1 flex-col outline-hidden"
    >
      <div
        role="group"
        aria-label="Tools"
        className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2"
      >
        <Segmented
          label="Tool"
          options={TOOLS}
          value={tool}
          onChange={(next) => next !== null && setTool(next)}
        />
        <div className="flex w-56 items-center gap-2">
          <span className="text-soft">Size</span>
          <Slider label="Brush size" value={brush} min={1} max={largest} step={1} onChange={setBrush} />
          <span className="tabular w-10 text-right text-soft">{brush}</span>
        </div>
        <div className="ml-auto flex items-center gap-0.5">
          <IconButton
            label="Undo"
            shortcut="Mod+Z"
            // Not disabled: the focus would be gone with the last step, and the next key would undo something under the sheet.
            aria-disabled={history.done.length === 0}
            className="aria-disabled:opacity-50"
            onClick={() => onHistory(undo(history))}
          >
            <Undo2 size={14} aria-hidden />
          </IconButton>
          <IconButton
            label="Redo"
            shortcut="Mod+Shift+Z"
            aria-disabled={history.undone.length === 0}
            className="aria-disabled:opacity-50"
            onClick={() => onHistory(redo(history))}
          >
            <Redo2 size={14} aria-hidden />
          </IconButton>
          <span aria-hidden className="mx-1 h-4 w-px bg-line" />
          <IconButton label="Invert" onClick={() => act('invert')}>
            <Contrast size={14} aria-hidden />
          </IconButton>
          <IconButton label="Fill all" onClick={() => act('fill')}>
            <PaintBucket size={14} aria-hidden />
          </IconButton>
          <IconButton label="Clear" onClick={() => act('clear')}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </div>
      </div>
      <div className="min-h-0 flex-1 bg-canvas p-4">
        <div className="flex size-full" style={{ containerType: 'size' }}>
          <MaskCanvas
            source={source}
            size={size}
            ops={history.done}
            base={base}
            erases={tool === 'eraser'}
            brush={brush}
            onOp={(op) => onHistory(doOp(history, op))}
          />
        </div>
      </div>
      <div className="flex shrink-0 flex-wrap items-center gap-3 border-t border-line px-4 py-3">
        <p className="min-w-48 flex-1 text-soft">
          What you paint becomes white, the part to change; the rest is black. {size.width} × {size.height}
        </p>
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" disabled={busy || isBlank(history.done, base !== null)} onClick={onUse}>
          Use this mask
        </Button>
      </div>
    </div>
  );
}
