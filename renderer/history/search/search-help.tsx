import { Popover } from '@base-ui/react/popover';
import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { resultKinds } from '../../../shared/history/kinds.ts';
import { isWords } from '../../../shared/history/query.ts';
import { queryNames } from '../../../shared/history/tokens.ts';
import { IconButton } from '../../ui/button.tsx';
import { NAME_WORDS } from './words.ts';

const WORDS = [
  { example: 'wren fence', hint: 'both words, or words that begin so' },
  { example: '"on a fence"', hint: 'just these words, in this order' },
  { example: '-fog', hint: 'without it; before a filter too' },
] as const;

/** More of the names that take more than one way of saying it. */
const MORE: Readonly<Partial<Record<(typeof queryNames)[number], string>>> = {
  model: 'model:=fal-ai/flux/dev is that one alone',
  kind: resultKinds.join(', '),
  is: isWords.join(', '),
  cost: 'also cost:<1 and cost:0.1..0.5',
  date: 'also 2026, 2026-11-03, today, yesterday, week, month, and 2026-11-01..2026-11-09',
};

/** The whole language of the search box. */
export function SearchHelp(): ReactNode {
  return (
    <Popover.Root>
      <Popover.Trigger
        render={
          <IconButton label="What can be searched for" side="bottom" className="data-popup-open:bg-hover">
            <CircleHelp size={14} aria-hidden />
          </IconButton>
        }
      />
      <Popover.Portal>
        <Popover.Positioner side="bottom" align="end" sideOffset={6} className="z-40">
          <Popover.Popup className="max-h-(--available-height) w-[min(30rem,90vw)] overflow-y-auto rounded-lg border border-line bg-raised p-4 text-text shadow-float outline-hidden">
            <Popover.Title className="font-medium">What can be searched for</Popover.Title>
            <Popover.Description className="pt-1 pb-3 text-soft">
              All of it must hold: in the request, the answer, your notes and tags.
            </Popover.Description>
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
              {WORDS.map(({ example, hint }) => (
                <Entry key={example} example={example} hint={hint} />
              ))}
              {queryNames.map((name) => (
                <Entry
                  key={name}
                  example={NAME_WORDS[name].example}
                  hint={NAME_WORDS[name].hint}
                  more={MORE[name]}
                />
              ))}
            </dl>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface EntryProps {
  readonly example: string;
  readonly hint: string;
  readonly more?: string | undefined;
}

function Entry({ example, hint, more }: EntryProps): ReactNode {
  return (
    <>
      <dt className="font-mono text-xs leading-5 whitespace-nowrap">{example}</dt>
      <dd className="text-soft">
        {hint}
        {more !== undefined && <span className="block text-xs text-faint">{more}</span>}
      </dd>
    </>
  );
}
