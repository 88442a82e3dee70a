import { CONTROL } from './field-row.tsx';

/** The first control of a row or field; of an empty list, what adds to it. */
export function focusWithin(element: Element | null | undefined): void {
  const control =
    element?.querySelector<HTMLElement>(CONTROL) ?? element?.querySelector<HTMLElement>('[data-add]');
  control?.scrollIntoView({ block: 'nearest' });
  control?.focus();
}

/** The field at a place, where it is drawn. */
export function fieldElement(area: ParentNode | null, place: string): Element | undefined {
  return [...(area?.querySelectorAll('[data-field]') ?? [])].find(
    (element) => `/${element.getAttribute('data-field')}` === place,
  );
}
