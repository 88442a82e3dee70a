import { Popover } from '@base-ui/react/popover';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { FileTool, FileToolProps } from '../fields/file-tool.ts';
import { IconButton } from '../ui/button.tsx';
import { DrawingPad } from './drawing-pad.tsx';
import { DrawingSender } from './drawing-sender.ts';
import type { Stroke } from '../ui/stroke.ts';

/** Pictures can be drawn as well as chosen. */
export const drawTool: FileTool = ({ field, onChange }) =>
  field.medium === 'image' ? <DrawButton field={field} onChange={onChange} /> : null;

/** Opens the pad; what is drawn becomes the field's value while it is drawn. */
function DrawButton({ field, onChange }: FileToolProps): ReactNode {
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [sender] = useState(() => new DrawingSender());
  return (
    <Popover.Root>
      <Popover.Trigger
        render={
          <IconButton label={`Draw the picture for ${field.label}`} className="data-popup-open:bg-hover">
            <Pencil size={14} aria-hidden />
          </IconButton>
        }
      />
      <Popover.Portal>
        <Popover.Positioner side="bottom" align="end" sideOffset={8} className="z-40">
          <Popover.Popup className="w-[min(20rem,calc(var(--available-height)-9rem))] min-w-72 rounded-lg border border-line bg-raised p-3 text-text shadow-float outline-hidden">
            <Popover.Title className="sr-only">Draw {field.label}</Popover.Title>
            <DrawingPad
              strokes={strokes}
              onDrawing={(state) => sender.drawing(state, onChange)}
              onDrawn={(state) => {
                setStrokes(state);
                sender.drawn(state, onChange);
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
