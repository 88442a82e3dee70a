import { useId, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { TextField as Field } from '../../shared/schema/field.ts';
import { cx } from '../ui/cx.ts';
import { TextArea } from '../ui/text-area.tsx';
import { countCharacters, fillOf } from './characters.ts';
import { FieldRow } from './field-row.tsx';
import type { ControlProps } from './field-row.tsx';
import { useDescribedBy } from './place.ts';

/** One line, or a text that grows with what is written. */
export function TextField({ field, value, problems, onChange }: ControlProps<Field>): ReactNode {
  const id = useId();
  const text = typeof value === 'string' ? value : '';
  const example = field.examples.find((entry) => typeof entry === 'string');
  const shared = {
    id,
    'aria-invalid': problems.length > 0,
    'aria-describedby': useDescribedBy(problems),
    placeholder: typeof example === 'string' ? beginning(example) : undefined,
    spellCheck: field.multiline,
  };
  return (
    <FieldRow
      field={field}
      controlId={id}
      problems={problems}
      value={value}
      onChange={onChange}
      aside={<Count text={text} maxLength={field.maxLength} always={field.multiline} />}
    >
      {field.multiline ? (
        <TextArea
          {...shared}
          value={text}
          onText={onChange}
          className={cx('max-h-72', field.name === 'prompt' ? 'min-h-24' : 'min-h-14')}
        />
      ) : (
        <input
          {...shared}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          className="field h-8 w-full px-2.5"
        />
      )}
    </FieldRow>
  );
}

interface CountProps {
  readonly text: string;
  readonly maxLength: number | undefined;
  /** Not only when the end is near. */
  readonly always: boolean;
}

/** How long a text is, and beside its limit how much is left; past it, how much is too much. */
function Count({ text, maxLength, always }: CountProps): ReactNode {
  const count = useMemo(() => countCharacters(text), [text]);
  const fill = fillOf(count, maxLength);
  if (!always && fill === 'free') return null;
  return (
    <span
      className={cx(
        'tabular shrink-0 text-xs',
        fill === 'free' ? 'text-faint' : fill === 'near' ? 'text-text' : 'text-danger',
      )}
    >
      {amount(count)}
      {maxLength !== undefined && ` / ${amount(maxLength)}`}
      {maxLength !== undefined && fill === 'over' && ` · ${amount(count - maxLength)} too many`}
      {maxLength !== undefined && fill === 'near' && ` · ${amount(maxLength - count)} left`}
    </span>
  );
}

const amount = (count: number): string => count.toLocaleString('en-US');

/** As much of an example as an empty box can show, cut between words. */
function beginning(text: string): string {
  return text.length <= 150 ? text : `${text.slice(0, 150).replace(/\s+\S*$/, '')} …`;
}
