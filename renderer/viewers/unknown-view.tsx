import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { stringifyJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';

/** Characters; the JSON tab has the whole. */
const SHOWN = 20_000;

/** An output that is no medium and no text, as it came. */
export function UnknownView({ value }: { readonly value: JsonValue }): ReactNode {
  const text = useMemo(() => stringifyJson(value, 2), [value]);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-6">
      <section aria-label="The output as JSON" className="mx-auto max-w-2xl">
        <pre className="font-mono text-xs leading-[18px] break-words whitespace-pre-wrap select-text">
          {text.slice(0, SHOWN)}
        </pre>
        {text.length > SHOWN && (
          <p className="pt-3 text-soft">This is its beginning. The JSON tab shows all of it.</p>
        )}
      </section>
    </div>
  );
}
