import { Dices, Lock, LockOpen } from 'lucide-react';
import { useId } from 'react';
import type { ReactNode } from 'react';
import type { SeedField as Field } from '../../shared/schema/field.ts';
import { IconButton } from '../ui/button.tsx';
import { FieldRow, problemsId } from './field-row.tsx';
import type { ControlProps } from './field-row.tsx';
import { NumberInput } from './number-input.tsx';

interface SeedFieldProps extends ControlProps<Field> {
  /** The seed of the result in sight, to hold on to. */
  readonly lastSeed: number | bigint | null;
}

/** Small enough for every model's limits, and easy to read out loud. */
const HIGHEST_ROLL = 2 ** 31 - 1;

/** Empty means a new one each time; the lock holds on to the seed of the last result. */
export function SeedField({ field, value, lastSeed, problems, onChange }: SeedFieldProps): ReactNode {
  const id = useId();
  const set = typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
  const locked = set !== undefined;
  const lock = (): void => onChange(locked ? undefined : (lastSeed ?? roll(field)));
  return (
    <FieldRow field={field} controlId={id} problems={problems} inline>
      <div className="relative flex-1">
        <NumberInput
          id={id}
          name={field.name}
          min={field.min}
          max={field.max}
          value={set}
          integer
          placeholder="random"
          aria-invalid={problems.length > 0}
          aria-describedby={problems.length > 0 ? problemsId(field) : undefined}
          onValue={onChange}
          className="w-full pr-16"
        />
        <div className="absolute inset-y-0 right-0.5 flex items-center">
          <IconButton label="Roll a seed" onClick={() => onChange(roll(field))}>
            <Dices size={14} aria-hidden />
          </IconButton>
          <IconButton
            label={locked ? 'Random seed each run' : lastSeed === null ? 'Hold a seed' : 'Hold the last seed'}
            onClick={lock}
          >
            {locked ? <Lock size={14} aria-hidden /> : <LockOpen size={14} aria-hidden />}
          </IconButton>
        </div>
      </div>
    </FieldRow>
  );
}

function roll(field: Field): number {
  const low = Math.max(Number(field.min ?? 0), 0);
  const high = Math.min(Number(field.max ?? HIGHEST_ROLL), HIGHEST_ROLL);
  return low + Math.floor(Math.random() * (high - low + 1));
}
