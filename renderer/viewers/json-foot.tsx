import type { ReactNode } from 'react';
import { stringifyJson } from '../../shared/json.ts';
import { ask } from '../bridge.ts';
import { Button } from '../ui/button.tsx';
import { say, sayError } from '../ui/toasts.tsx';
import { isContainer, pathText } from './json-path.ts';
import type { JsonRow } from './json-rows.ts';

/** Characters; more than that is not read here. */
const SHOWN = 4000;
const FITS_ITS_ROW = 60;

/** The row that was gone to: its path, the whole of its text, and both to copy. */
export function JsonFoot({ row }: { readonly row: JsonRow }): ReactNode {
  const path = pathText(row.path);
  const text = typeof row.value === 'string' && row.value.length > FITS_ITS_ROW ? row.value : null;
  return (
    <div className="shrink-0 border-t border-line bg-panel">
      {text !== null && (
        <p
          // A scrolled region must be reachable by keyboard.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          role="region"
          aria-label="The whole text"
          className="max-h-28 overflow-y-auto px-4 pt-2 break-words whitespace-pre-wrap select-text focus-visible:outline-offset-[-2px]"
        >
          {text.slice(0, SHOWN)}
          {text.length > SHOWN && '…'}
        </p>
      )}
      <div className="flex min-h-10 items-center gap-1 pr-3 pl-4">
        <p className="min-w-0 flex-1 truncate font-mono text-xs text-soft select-text" title={path}>
          {path === '' ? row.name : path}
        </p>
        {path !== '' && (
          <Button look="quiet" className="h-7 px-2" onClick={() => void copyPath(row)}>
            Copy path
          </Button>
        )}
        <Button look="quiet" className="h-7 px-2" onClick={() => void copyValue(row)}>
          Copy value
        </Button>
      </div>
    </div>
  );
}

export function copyPath(row: JsonRow): Promise<void> {
  return copy(pathText(row.path), 'Path copied');
}

/** A text as it is, all else as JSON; of a range the whole list. */
export function copyValue({ value }: JsonRow): Promise<void> {
  if (typeof value === 'string') return copy(value, 'Text copied');
  return copy(stringifyJson(value, isContainer(value) ? 2 : 0), 'Value copied');
}

export async function copy(text: string, said: string): Promise<void> {
  const answer = await ask('app.copyText', { text });
  if (answer.ok) say(said);
  else sayError(answer.error);
}
