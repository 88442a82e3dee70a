import { createContext } from 'react';
import type { RefObject } from 'react';

/** Where a text stands in its box; `following` while its end is kept in sight. */
export interface TextPlace {
  top: number;
  following: boolean;
}

/** Kept outside of the text, so that the whole text stands where the growing one stood. */
export const TextPlaceContext = createContext<RefObject<TextPlace> | null>(null);
