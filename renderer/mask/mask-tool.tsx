import { Brush } from 'lucide-react';
import { useContext, useState } from 'react';
import type { ReactNode } from 'react';
import { referencedSha } from '../../shared/media/reference.ts';
import { assertNever } from '../../shared/result.ts';
import { inSentence, labelFromName } from '../../shared/schema/labels.ts';
import { beginAdding } from '../stores/adding.ts';
import { addToStore } from '../fields/file-intake.ts';
import { SiblingsContext } from '../fields/siblings.ts';
import { useStoredFile } from '../fields/use-stored-file.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { sayProblem } from '../ui/toasts.tsx';
import { mediaUrl } from '../viewers/title.ts';
import { MaskEditor } from './mask-editor.tsx';
import { NO_OPS, maskAsPng } from './mask-ops.ts';
import type { MaskHistory, Size } from './mask-ops.ts';
import { MaskPreview } from './mask-preview.tsx';
import { useMaskedImage } from './masked-image.ts';
import { readMask } from './read-mask.ts';

interface MaskToolProps {
  readonly label: string;
  /** The name of the image's field, beside this one. */
  readonly maskOf: string;
  /** The mask as it is now. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Under a mask's field: the mask over its image, and the way to draw it there. */
export function MaskTool({ label, maskOf, value, onChange }: MaskToolProps): ReactNode {
  const image = useMaskedImage(useContext(SiblingsContext)[maskOf]);
  const name = inSentence(labelFromName(maskOf.replace(/[_-]?ur[il]s?$/i, '')));
  switch (image.kind) {
    case 'measuring':
      return null;
    case 'none':
      return <Note>Choose the {name} first, and the mask can be drawn over it.</Note>;
    case 'remote':
      return (
        <Note>To draw the mask, choose the {name} as a file: an address cannot be shown and drawn over.</Note>
      );
    case 'unreadable':
      return <Note>The {name} is no picture that a mask could be drawn over.</Note>;
    case 'too_large':
      return <Note>The {name} is too large to draw a mask over it here. Choose a smaller one.</Note>;
    case 'ready':
      return (
        <Drawing
          key={image.source}
          label={label}
          source={image.source}
          size={image.size}
          value={value}
          onChange={onChange}
        />
      );
    default:
      return assertNever(image);
  }
}

interface DrawingProps extends Omit<MaskToolProps, 'maskOf'> {
  readonly source: string;
  readonly size: Size;
}

function Drawing({ label, source, size, value, onChange }: DrawingProps): ReactNode {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [base, setBase] = useState<OffscreenCanvas | null>(null);
  // Kept while the sheet is closed: a drawing is not lost to the Escape key.
  const [history, setHistory] = useState<MaskHistory>(NO_OPS);
  /** The value that the drawing began with, or became. */
  const [drawnFrom, setDrawnFrom] = useState<string | null>(null);
  const sha256 = referencedSha(value);
  const { measured } = useStoredFile(sha256);

  const begin = async (): Promise<void> => {
    if (drawnFrom !== value) {
      const mask = sha256 === null ? (value.startsWith('data:') ? value : null) : mediaUrl({ sha256 });
      setBase(mask === null ? null : await readMask(mask));
      setHistory(NO_OPS);
      setDrawnFrom(value);
    }
    setOpen(true);
  };
  const use = async (): Promise<void> => {
    setBusy(true);
    const end = beginAdding();
    try {
      const png = await maskAsPng(size, history.done, base);
      const taken = await addToStore(new File([png], 'mask.png', { type: png.type }));
      if (!taken.ok) return sayProblem('The mask was not taken', taken.error);
      setDrawnFrom(taken.value.value);
      onChange(taken.value.value);
      setOpen(false);
    } catch {
      sayProblem('The mask was not made', 'There is not enough memory for a mask of this size.');
    } finally {
      end();
      setBusy(false);
    }
  };
  const differs =
    measured?.width != null && (measured.width !== size.width || measured.height !== size.height);

  return (
    <div className="flex flex-wrap items-end gap-x-3 gap-y-2 pt-2">
      {sha256 !== null && measured?.width != null && (
        <MaskPreview source={source} mask={mediaUrl({ sha256 })} size={size} />
      )}
      <div className="space-y-1">
        {differs && (
          <p className="tabular text-xs text-soft">
            The mask is {measured.width} × {measured.height}, the image {size.width} × {size.height}.
          </p>
        )}
        <Button aria-haspopup="dialog" className="h-7 px-2.5" onClick={() => void begin()}>
          <Brush size={14} aria-hidden />
          {value === '' ? 'Draw a mask' : 'Draw on the mask'}
        </Button>
      </div>
      <Sheet
        title={`Draw: ${label}`}
        open={open}
        onOpen={setOpen}
        className="h-[min(56rem,100%)] w-[min(64rem,100%)]"
      >
        <MaskEditor
          source={source}
          size={size}
          base={base}
          history={history}
          onHistory={setHistory}
          onCancel={() => setOpen(false)}
          onUse={() => void use()}
          busy={busy}
        />
      </Sheet>
    </div>
  );
}

function Note({ children }: { readonly children: ReactNode }): ReactNode {
  return <p className="pt-1 text-xs text-faint">{children}</p>;
}
