import { createContext } from 'react';
import type { JsonObject } from '../../shared/json.ts';

/** The object a field's value is in, for a field that belongs to the one beside it: a mask to its image. */
export const SiblingsContext = createContext<JsonObject>({});
