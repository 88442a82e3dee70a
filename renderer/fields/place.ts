import { createContext, useContext } from 'react';
import type { JsonValue } from '../../shared/json.ts';
import type { Field } from '../../shared/schema/field.ts';
import type { Path } from '../../shared/schema/path.ts';

/** What the fields of one form have in common. */
export interface FormFacts {
  readonly endpointId: string;
  /** The seed of the result in sight, as the model reported it. */
  readonly lastSeed: number | bigint | null;
}

export const FormContext = createContext<FormFacts>({ endpointId: '', lastSeed: null });

/** The JSON pointer of the value that a control is for: what its parts are known by, at any depth. */
export const PlaceContext = createContext('');

/**
 * With its name as it likes; with the name above it; with a short name beside it; or the control alone, the name said and
 * not shown.
 */
export type RowLook = 'full' | 'stacked' | 'tight' | 'bare';

export const LookContext = createContext<RowLook>('full');

export interface FieldViewProps {
  readonly field: Field;
  readonly path: Path;
  /** The draft's value there, else the default. */
  readonly value: JsonValue | undefined;
  readonly look?: RowLook;
}

/** Where the problems of a place are described; an id of one word, whatever a key holds. */
export const problemsId = (place: string): string => `problems${encodeURI(place)}`;

/** The id of what says what is wrong, for the control to point at. */
export function useDescribedBy(problems: readonly string[]): string | undefined {
  const place = useContext(PlaceContext);
  return problems.length > 0 ? problemsId(place) : undefined;
}

const steps = new WeakMap<Path, Map<string | number, Path>>();

/** One step down, always the same array, so that a field whose path has not changed is not drawn again. */
export function within(path: Path, step: string | number): Path {
  const known = steps.get(path) ?? new Map<string | number, Path>();
  steps.set(path, known);
  const next = known.get(step) ?? [...path, step];
  known.set(step, next);
  return next;
}
