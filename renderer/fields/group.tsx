import { useContext, useId } from 'react';
import type { ReactNode } from 'react';
import type { Field } from '../../shared/schema/field.ts';
import { useRequests } from '../stores/requests.ts';
import { cx } from '../ui/cx.ts';
import { FoldButton } from './fold-button.tsx';
import { Help } from './help.tsx';
import { FormContext, LookContext, PlaceContext, problemsId } from './place.ts';
import { useFold } from './use-fold.ts';

interface GroupProps {
  readonly field: Field;
  readonly problems: readonly string[];
  /** Whether there is anything to open. */
  readonly foldable: boolean;
  /** Until a person opens or shuts it. */
  readonly initiallyOpen: boolean;
  /** What is in it, in a few words, while it is shut. */
  readonly summary?: ReactNode;
  /** At the right of the name. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** Values that belong together, under their name: a thin line leads along them, however deep they lie. */
export function Group(props: GroupProps): ReactNode {
  const { field, problems, foldable, initiallyOpen, summary, aside, children } = props;
  const place = useContext(PlaceContext);
  const bare = useContext(LookContext) === 'bare';
  const [open, setOpen] = useFold(place, '', initiallyOpen);
  const id = useId();
  const nameId = useId();
  const shown = foldable && open;
  const name = (
    <span id={nameId} className={cx('truncate', foldable ? 'text-text' : 'text-soft')} title={field.label}>
      {field.label}
    </span>
  );
  return (
    <div
      role="group"
      aria-labelledby={nameId}
      aria-describedby={problems.length > 0 ? problemsId(place) : undefined}
      data-field={place.slice(1)}
      className="min-w-0 flex-1"
    >
      {bare ? (
        <>
          <span id={nameId} className="sr-only">
            {field.label}
          </span>
          {!foldable && aside}
        </>
      ) : (
        <div className="flex min-h-8 min-w-0 items-center gap-1">
          {foldable ? (
            <FoldButton open={open} onOpen={setOpen} controls={id}>
              {name}
            </FoldButton>
          ) : (
            name
          )}
          {field.required && (
            <span className="text-faint" title="Required">
              <span aria-hidden>*</span>
              <span className="sr-only">required</span>
            </span>
          )}
          {field.deprecated && <span className="rounded-sm bg-hover px-1 text-xs text-faint">old</span>}
          {field.help !== '' && <Help field={field} />}
          <div className="ml-auto flex shrink-0 items-center justify-end gap-4 pl-2">
            {foldable && !open && (
              <span className="tabular max-w-44 truncate text-xs text-faint">
                <ProblemsInside /> {summary}
              </span>
            )}
            {aside}
          </div>
        </div>
      )}
      {foldable && (
        <div
          id={id}
          hidden={!shown && !bare}
          className={bare ? undefined : 'ml-0.5 border-l border-line pl-3'}
        >
          {(shown || bare) && <LookContext value="full">{children}</LookContext>}
        </div>
      )}
      {problems.length > 0 && (
        <div id={problemsId(place)} role="alert" className="pt-1 text-danger">
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </div>
      )}
    </div>
  );
}

/** How many of the fields within are marked, where they cannot be seen. */
export function ProblemsInside(): ReactNode {
  const place = useContext(PlaceContext);
  const { endpointId } = useContext(FormContext);
  const count = useRequests((state) => {
    const marked = state.complaints[endpointId]?.byField;
    return marked === undefined ? 0 : [...marked.keys()].filter((key) => key.startsWith(`${place}/`)).length;
  });
  return (
    count > 0 && <span className="pr-1 text-danger">{count === 1 ? '1 problem' : `${count} problems`}</span>
  );
}
