import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { tokensOf } from '../../../shared/history/tokens.ts';
import { useFound } from '../../stores/found.ts';
import { useCaret } from './caret.ts';
import { problemOf } from './tinted-text.tsx';

/** What of the search was not understood, in a line under it. */
export function SearchProblems(): ReactNode {
  const text = useFound((state) => state.text);
  const problems = useFound((state) => state.problems);
  const caret = useCaret((state) => state.caret);
  const said = useMemo(() => {
    const typing = tokensOf(text).find(({ from, to }) => caret !== null && from < caret && caret <= to);
    const early = typing === undefined ? null : problemOf(text, typing);
    return [...new Set(problems)].filter((problem) => problem !== early);
  }, [text, problems, caret]);
  return (
    <div role="status" aria-label="Of the search" className="shrink-0">
      {said.length > 0 && (
        <ul className="border-b border-line bg-panel px-4 py-1.5 text-soft">
          {said.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
