import { Dices, Lock, LockOpen } from 'lucide-react';
import { useId } from 'react';
import type { ReactNode } from 'react';
import type { SeedField as Field } from '../../shared/schema/field.ts';
import { IconButton } from '../ui/button.tsx';
import { FieldRow, problemsId } from './field-row.tsx';
import type { ControlProps } from './field-row.tsx';
import { NumberInput } from './number-input.tsx';
import { rollSeed } from './roll-seed.ts';

interface SeedFieldProps extends ControlProps<Field> {
  /** The seed of the result in sight, to hold on to. */
  readonly lastSeed: number | bigint | null;
}

/** Empty means a new one each time; the lock holds on to the seed of the last result. */
export function SeedField({ field, value, lastSeed, problems, onChange }: SeedFieldProps): ReactNode {
  const id = useId();
  const set = typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
  const locked = set !== undefined;
  const lock = (): void => onChange(locked ? undefined : (lastSeed ?? rollSeed(field)));
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
          <IconButton label="Roll a seed" onClick={() => onChange(rollSeed(field))}>
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
