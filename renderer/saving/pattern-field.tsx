import { useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { nameFacts } from '../../shared/saving/facts.ts';
import type { NameFacts, Token } from '../../shared/saving/pattern.ts';
import {
  LONGEST_PATTERN,
  patternProblem,
  savedPath,
  TOKENS,
  USUAL_PATTERN,
} from '../../shared/saving/pattern.ts';
import type { Run } from '../../shared/runs/run.ts';
import { useRuns } from '../stores/runs.ts';
import { useSaving } from '../stores/saving.ts';
import { Button } from '../ui/button.tsx';

const MEANINGS: Readonly<Record<Token, string>> = {
  date: 'day it was done',
  time: 'time it was done',
  model: 'model',
  prompt: 'beginning of the prompt',
  seed: 'seed',
  n: 'which of its files',
  name: 'name the model gave',
  ext: 'ending',
};

/** How the copies are called: letters of one's own, and words in braces that stand for something. */
export function PatternField({ pattern }: { readonly pattern: string }): ReactNode {
  const setPattern = useSaving((state) => state.setPattern);
  const [typed, setTyped] = useState<string | null>(null);
  const facts = useExample();
  const box = useRef<HTMLInputElement>(null);
  const id = useId();
  const text = typed ?? pattern;
  const problem = patternProblem(text);
  const change = (next: string): void => {
    setTyped(next);
    // As it is typed: a program that is quit meanwhile would forget the rest.
    if (patternProblem(next) === null) void setPattern(next);
  };
  const insert = (token: Token): void => {
    const { current: input } = box;
    const from = input?.selectionStart ?? text.length;
    const word = `{${token}}`;
    flushSync(() => change(text.slice(0, from) + word + text.slice(input?.selectionEnd ?? from)));
    input?.focus();
    input?.setSelectionRange(from + word.length, from + word.length);
  };
  return (
    <div className="space-y-2">
      <div className="flex items-center justify-between">
        <label htmlFor={id}>Names</label>
        {text !== USUAL_PATTERN && (
          <Button
            look="quiet"
            className="h-7 px-2"
            onClick={() => {
              change(USUAL_PATTERN);
              box.current?.focus();
            }}
          >
            As usual
          </Button>
        )}
      </div>
      <input
        ref={box}
        id={id}
        value={text}
        maxLength={LONGEST_PATTERN}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={problem !== null}
        aria-describedby={`${id}-problem ${id}-example`}
        onChange={({ target }) => change(target.value)}
        onBlur={() => setTyped(null)}
        className="field h-8 w-full px-2.5 font-mono text-xs"
      />
      {problem !== null && (
        <p id={`${id}-problem`} role="alert" className="text-danger">
          {problem}. Until then: {pattern}
        </p>
      )}
      <div role="group" aria-label="Words in braces" className="flex flex-wrap gap-1">
        {TOKENS.map((token) => (
          <button
            key={token}
            type="button"
            aria-label={`Insert {${token}}: ${MEANINGS[token]}`}
            title={MEANINGS[token]}
            // The box keeps the place where it goes.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => insert(token)}
            className="h-6 rounded-sm bg-hover px-1.5 font-mono text-xs text-soft hover:bg-pressed hover:text-text"
          >
            {`{${token}}`}
          </button>
        ))}
      </div>
      <p id={`${id}-example`} className="text-soft">
        A slash makes a folder. {facts.from} would be{' '}
        <span className="font-mono text-xs break-all text-text">
          {savedPath(problem === null ? text : pattern, facts.facts).join(' / ')}
        </span>
      </p>
    </div>
  );
}

/** What a name would be made of: the newest result's, else each word for itself. */
function useExample(): { readonly from: string; readonly facts: NameFacts } {
  const run = useRuns((state) => newest(state.runs));
  const file = run?.media.find(({ kind }) => kind === 'stored');
  if (run === undefined || file?.kind !== 'stored') return { from: 'A file', facts: WORDS };
  return { from: 'The newest result', facts: nameFacts(run, file, 1) };
}

const WORDS: NameFacts = {
  date: 'date',
  time: 'time',
  model: 'model',
  prompt: 'prompt',
  seed: 'seed',
  n: '1',
  name: 'name',
  ext: 'ext',
};

function newest(runs: Readonly<Record<number, Run>>): Run | undefined {
  return Object.values(runs)
    .filter(({ state, media }) => state.kind === 'succeeded' && media.some(({ kind }) => kind === 'stored'))
    .toSorted((a, b) => b.id - a.id)[0];
}
