import type { ReactNode } from 'react';
import type { TextProblem } from '../../shared/schema/text-problems.ts';
import { cx } from '../ui/cx.ts';

/** A text that is wrong in every line needs no list of every line. */
const MOST = 50;

interface ProblemListProps {
  /** Of the line that says how many there are, for what they are about. */
  readonly id: string;
  readonly problems: readonly TextProblem[];
  readonly onChoose: (problem: TextProblem) => void;
}

/** What is marked in the text above, in words; choosing one goes there. */
export function ProblemList({ id, problems, onChoose }: ProblemListProps): ReactNode {
  return (
    <div className="shrink-0">
      <p id={id} role="status" className="sr-only">
        {summary(problems)}
      </p>
      {problems.length > 0 && (
        <ul aria-label="Remarks on the JSON" className="-mx-1.5 mt-1.5 max-h-32 overflow-y-auto">
          {problems.slice(0, MOST).map((problem) => (
            <li key={`${problem.from} ${problem.path} ${problem.message}`}>
              <button
                type="button"
                onClick={() => onChoose(problem)}
                className="flex w-full gap-2 rounded-md px-1.5 py-0.5 text-left hover:bg-hover"
              >
                <span className="tabular shrink-0 text-faint">Line {problem.line}</span>
                <span
                  className={cx('min-w-0 break-words', problem.kind === 'note' ? 'text-soft' : 'text-danger')}
                >
                  {problem.kind === 'syntax' ? 'Not used yet: ' : ''}
                  {problem.path !== '' && <span className="pr-1.5 font-mono text-xs">{problem.path}</span>}
                  {problem.kind === 'syntax' ? lowerFirst(problem.message) : problem.message}
                </span>
              </button>
            </li>
          ))}
          {problems.length > MOST && <li className="px-1.5 text-soft">and {problems.length - MOST} more</li>}
        </ul>
      )}
    </div>
  );
}

function summary(problems: readonly TextProblem[]): string {
  if (problems.length === 0) return '';
  const notes = problems.filter(({ kind }) => kind === 'note').length;
  const wrong = problems.length - notes;
  const words = [
    wrong > 0 && `${wrong} ${wrong === 1 ? 'problem' : 'problems'}`,
    notes > 0 && `${notes} ${notes === 1 ? 'note' : 'notes'}`,
  ].filter((part) => part !== false);
  return `${words.join(', ')}. F8 goes to the next.`;
}

/** "This text" in a sentence is "this text"; "JSON" stays. */
const lowerFirst = (text: string): string =>
  /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
