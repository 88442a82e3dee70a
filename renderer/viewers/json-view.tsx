import { Copy } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { stringifyJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import type { Run } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { say } from '../ui/toasts.tsx';
import { fileSize } from './words.ts';

/** Characters; a mask or a point cloud written out in full would hold the window for seconds. */
const SHOWN_AT_ONCE = 100_000;

/** The exact request and response. */
export function JsonView({ run }: { readonly run: Run }): ReactNode {
  return (
    <div className="min-h-0 flex-1 space-y-4 overflow-y-auto p-4">
      <Block title="Request" value={run.input} />
      {run.output !== null && <Block title="Response" value={run.output} />}
      {run.state.kind === 'failed' && <Block title="Error" value={run.state.error} />}
    </div>
  );
}

function Block({ title, value }: { readonly title: string; readonly value: JsonValue }): ReactNode {
  const text = useMemo(() => stringifyJson(value, 2), [value]);
  const [whole, setWhole] = useState(false);
  const cut = !whole && text.length > SHOWN_AT_ONCE;
  const copy = async (): Promise<void> => {
    const answer = await ask('app.copyText', { text });
    if (answer.ok) say(`${title} copied`);
  };
  return (
    <section aria-label={title}>
      <div className="flex items-center justify-between pb-1">
        <h2 className="font-medium">{title}</h2>
        <IconButton label={`Copy the ${title.toLowerCase()}`} onClick={() => void copy()}>
          <Copy size={14} aria-hidden />
        </IconButton>
      </div>
      <pre className="overflow-x-auto rounded-md border border-line bg-panel p-3 font-mono text-xs leading-[18px] break-words whitespace-pre-wrap select-text">
        {cut ? text.slice(0, SHOWN_AT_ONCE) : text}
      </pre>
      {cut && (
        <p className="flex items-center gap-3 pt-2 text-soft">
          The first {fileSize(SHOWN_AT_ONCE)} of {fileSize(text.length)}.
          <Button onClick={() => setWhole(true)}>Show all</Button>
        </p>
      )}
    </section>
  );
}
