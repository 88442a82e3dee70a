import { create } from 'zustand';
import type { ModelForm } from '../../shared/schema/field.ts';
import { pointerOf } from '../../shared/schema/path.ts';
import { stepsOf } from '../../shared/schema/read-pointer.ts';
import { moveKeys } from './list-change.ts';
import type { Path } from '../../shared/schema/path.ts';

/** What folds: a group, list or row by its place; what is less important in it; the rest of a long list. */
export type FoldPart = '' | '#more' | '#all';

interface FoldsState {
  /** What was opened or shut, by model and place; what is not in it is as its owner begins. */
  readonly open: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
  readonly setOpen: (endpointId: string, place: string, open: boolean) => void;
  /** Opens all there is around a value. */
  readonly reveal: (endpointId: string, form: ModelForm, place: string) => void;
  /** After a change of a list's items, each row is as it was, wherever it is now. */
  readonly moved: (endpointId: string, path: Path, order: readonly (number | null)[]) => void;
}

/** Which parts of the forms are open, so that they are still when a form is left and come back to. */
export const useFolds = create<FoldsState>((set) => {
  const change = (
    endpointId: string,
    next: (places: Readonly<Record<string, boolean>>) => Readonly<Record<string, boolean>>,
  ): void => set(({ open }) => ({ open: { ...open, [endpointId]: next(open[endpointId] ?? {}) } }));
  return {
    open: {},
    setOpen: (endpointId, place, open) => change(endpointId, (places) => ({ ...places, [place]: open })),
    reveal: (endpointId, form, place) =>
      change(endpointId, (places) => ({
        ...places,
        ...Object.fromEntries(foldsAround(form, place).map((fold) => [fold, true])),
      })),
    moved: (endpointId, path, order) =>
      change(endpointId, (places) => Object.fromEntries(moveKeys(Object.entries(places), path, order))),
  };
});

/** What has to be open for a value to be in sight. */
export function foldsAround(form: ModelForm, place: string): readonly string[] {
  const steps = stepsOf(form, place);
  return steps.flatMap(({ step, field }, i) => {
    const around = pointerOf(steps.slice(0, i).map((outer) => outer.step));
    const own = i === 0 ? [] : [around];
    if (typeof step === 'number') return [...own, `${around}#all`];
    // Of weights all but path and scale is folded away, however few fields there are.
    const outer = steps[i - 1]?.field;
    const isAside = outer?.kind === 'object' && outer.role === 'lora' && step !== 'path' && step !== 'scale';
    return isAside || field?.advanced === true ? [...own, `${around}#more`] : own;
  });
}
