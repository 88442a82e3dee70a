import type { ReactNode } from 'react';

/** A line with every place where the query stands in it marked; letters of either size are the same. */
export function Marked({ text, query }: { readonly text: string; readonly query: string }): ReactNode {
  if (query === '') return text;
  const parts: ReactNode[] = [];
  const lowered = text.toLowerCase();
  // A few letters are longer when small; their places would not be those of the text.
  const [low, wanted] = lowered.length === text.length ? [lowered, query.toLowerCase()] : [text, query];
  let from = 0;
  for (let at = low.indexOf(wanted); at !== -1; at = low.indexOf(wanted, from)) {
    parts.push(text.slice(from, at));
    from = at + wanted.length;
    parts.push(
      <mark key={at} className="rounded-xs bg-accent/25 text-text">
        {text.slice(at, from)}
      </mark>,
    );
  }
  return [...parts, text.slice(from)];
}
