import { useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Lora } from '../../shared/ipc/shelf.ts';
import { addToStore } from '../fields/file-intake.ts';
import { useShelf } from '../stores/shelf.ts';
import { Button } from '../ui/button.tsx';

interface ShelfFormProps {
  /** The one that is changed; null for a new one. */
  readonly lora: Lora | null;
  readonly onDone: () => void;
}

interface Written {
  readonly name: string;
  readonly path: string;
  readonly triggerWord: string;
  readonly scale: string;
}

/** One of the shelf as it is written, where it stands. */
export function ShelfForm({ lora, onDone }: ShelfFormProps): ReactNode {
  const put = useShelf((state) => state.put);
  const [written, setWritten] = useState<Written>({
    name: lora?.name ?? '',
    path: lora?.path ?? '',
    triggerWord: lora?.triggerWord ?? '',
    scale: String(lora?.scale ?? 1),
  });
  const [problem, setProblem] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const id = useId();
  const change = (part: Partial<Written>): void => {
    setWritten((before) => ({ ...before, ...part }));
    setProblem(null);
  };
  const takeFile = async (chosen: File): Promise<void> => {
    setAdding(true);
    const taken = await addToStore(chosen);
    setAdding(false);
    if (!taken.ok) return setProblem(taken.error);
    setWritten((before) => ({
      ...before,
      path: taken.value.value,
      name: before.name === '' ? chosen.name.replace(/\.[^.]+$/, '').slice(0, 80) : before.name,
    }));
  };
  const save = async (): Promise<void> => {
    const wrong = problemOf(written);
    if (wrong !== null) return setProblem(wrong);
    const error = await put({
      id: lora?.id ?? `hand:${crypto.randomUUID()}`,
      name: written.name.trim(),
      path: written.path.trim(),
      triggerWord: written.triggerWord.trim(),
      scale: Number(written.scale),
      from: lora?.from ?? null,
    });
    if (error !== null) return setProblem(`${error.title}. ${error.hint}`);
    onDone();
  };
  const box = (name: keyof Written, label: string, look: string, placeholder = ''): ReactNode => (
    <div className={look}>
      <label htmlFor={`${id}-${name}`} className="block pb-1 text-soft">
        {label}
      </label>
      <input
        id={`${id}-${name}`}
        value={written[name]}
        placeholder={placeholder}
        maxLength={name === 'path' ? 2000 : name === 'triggerWord' ? 200 : 80}
        spellCheck={false}
        autoComplete="off"
        inputMode={name === 'scale' ? 'decimal' : 'text'}
        aria-describedby={`${id}-problem`}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- opened by a press to type right here
        autoFocus={name === 'name'}
        onChange={({ target }) => change({ [name]: target.value })}
        className={name === 'path' ? 'field h-8 w-full px-2.5 font-mono text-xs' : 'field h-8 w-full px-2.5'}
      />
    </div>
  );
  return (
    <form
      aria-label={lora === null ? 'Add weights' : `Change ${lora.name}`}
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="flex gap-3">
        {box('name', 'Name', 'min-w-0 flex-3')}
        {box('triggerWord', 'Trigger word', 'min-w-0 flex-3', 'none')}
        {box('scale', 'Scale', 'min-w-0 flex-1')}
      </div>
      <div className="flex items-end gap-2">
        {box('path', 'Address or file', 'min-w-0 flex-1', 'https://….safetensors')}
        <Button disabled={adding} onClick={() => file.current?.click()}>
          {adding ? 'Adding…' : 'Choose a file…'}
        </Button>
        <input
          ref={file}
          type="file"
          accept=".safetensors"
          hidden
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? [];
            event.currentTarget.value = '';
            if (chosen !== undefined) void takeFile(chosen);
          }}
        />
      </div>
      <div className="flex items-center gap-2">
        <Button type="submit" disabled={adding}>
          {lora === null ? 'Put on the shelf' : 'Save'}
        </Button>
        <Button look="quiet" onClick={onDone}>
          Cancel
        </Button>
        <p id={`${id}-problem`} role="status" className="min-w-0 text-danger">
          {problem}
        </p>
      </div>
    </form>
  );
}

function problemOf({ name, path, scale }: Written): string | null {
  if (name.trim() === '') return 'A name is needed.';
  if (path.trim() === '') return 'An address or a file is needed.';
  const value = /^-?\d+(\.\d+)?$/.test(scale.trim()) ? Number(scale) : Number.NaN;
  return Math.abs(value) <= 10 ? null : 'The scale is a number from -10 to 10.';
}
