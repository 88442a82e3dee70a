import { Dices, Lock, LockOpen } from 'lucide-react';
import { useId } from 'react';
import type { ReactNode } from 'react';
import type { SeedField as Field } from '../../shared/schema/field.ts';
import { IconButton } from '../ui/button.tsx';
import { FieldRow } from './field-row.tsx';
import type { ControlProps } from './field-row.tsx';
import { NumberInput } from './number-input.tsx';
import { useDescribedBy } from './place.ts';
import { rollSeed } from '../stores/roll-seed.ts';

interface SeedFieldProps extends ControlProps<Field> {
  /** The seed of the result in sight, to hold on to. */
  readonly lastSeed: number | bigint | null;
}

/** Empty means a new one each time; the lock holds on to the seed of the last result. */
export function SeedField({ field, value, lastSeed, problems, onChange }: SeedFieldProps): ReactNode {
  const id = useId();
  const describedBy = useDescribedBy(problems);
  const random = randomOf(field);
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  const set = isNumber && (random === null || value !== random.value) ? value : undefined;
  const locked = set !== undefined;
  const lock = (): void => onChange(locked ? random?.value : (lastSeed ?? rollSeed(field)));
  return (
    <FieldRow field={field} controlId={id} problems={problems} value={value} onChange={onChange} inline>
      <div className="relative flex-1">
        <NumberInput
          id={id}
          min={field.min}
          max={field.max}
          value={set}
          integer
          placeholder={random === null ? undefined : 'random'}
          aria-invalid={problems.length > 0}
          aria-describedby={describedBy}
          onValue={(next) => onChange(next ?? random?.value)}
          className={random === null ? 'w-full pr-9' : 'w-full pr-16'}
        />
        <div className="absolute inset-y-0 right-0.5 flex items-center">
          <IconButton label="Roll a seed" onClick={() => onChange(rollSeed(field))}>
            <Dices size={14} aria-hidden />
          </IconButton>
          {random !== null && (
            <IconButton
              label={
                locked ? 'Random seed each run' : lastSeed === null ? 'Hold a seed' : 'Hold the last seed'
              }
              onClick={lock}
            >
              {locked ? <Lock size={14} aria-hidden /> : <LockOpen size={14} aria-hidden />}
            </IconButton>
          )}
        </div>
      </div>
    </FieldRow>
  );
}

/**
 * The value that stands for a new seed each time: left out; null, or the -1 that many models read so, where leaving it out
 * would mean a fixed one. Null where there is none, for a model that always has a fixed one.
 */
function randomOf({
  default: preset,
  nullable,
}: Field): { readonly value: number | null | undefined } | null {
  if (preset === undefined || preset === null) return { value: undefined };
  if (preset === -1) return { value: -1 };
  return nullable ? { value: null } : null;
}
