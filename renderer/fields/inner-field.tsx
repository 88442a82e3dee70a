import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import type { FieldViewProps } from './place.ts';

/** What draws a field of any kind. Lists and groups have it from their form, since it draws them too. */
export const DrawContext = createContext<(props: FieldViewProps) => ReactNode>(() => null);

/** A field within another. */
export function InnerField(props: FieldViewProps): ReactNode {
  return useContext(DrawContext)(props);
}
