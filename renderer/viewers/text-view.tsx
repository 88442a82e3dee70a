import type { ReactNode } from 'react';
import { isJsonObject } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';

/** The texts at the top of an output, by name; a model's words are shown as plain text. */
export function textsOf(output: JsonValue): readonly (readonly [name: string, text: string])[] {
  if (typeof output === 'string') return [['text', output]];
  if (!isJsonObject(output)) return [];
  return Object.entries(output).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' && name !== 'prompt' ? [[name, value] as const] : [],
  );
}

export function TextView({ texts }: { readonly texts: readonly (readonly [string, string])[] }): ReactNode {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-8">
      <div className="mx-auto max-w-2xl space-y-6">
        {texts.map(([name, text]) => (
          <section key={name} aria-label={name}>
            {texts.length > 1 && <h2 className="pb-1 font-mono text-xs text-faint">{name}</h2>}
            <p className="leading-6 break-words whitespace-pre-wrap select-text">{text}</p>
          </section>
        ))}
      </div>
    </div>
  );
}
