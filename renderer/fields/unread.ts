import { createContext, useContext } from 'react';
import { PlaceContext } from './place.ts';

/**
 * What was typed and cannot be read as a value, by the JSON pointer of what it is for ('' for the whole request as JSON).
 * It is kept outside the boxes, so that it outlives them, and nothing runs while there is any: what is sent is what is seen.
 */
export interface UnreadTexts {
  readonly texts: Readonly<Record<string, string>>;
  readonly set: (place: string, text: string | null) => void;
}

export const UnreadContext = createContext<UnreadTexts>({ texts: {}, set: () => undefined });

/** The unread text of a field's box, or of a part of it, and the way to change it; null takes it away. */
export function useUnread(
  part?: string,
): readonly [text: string | undefined, set: (text: string | null) => void] {
  const { texts, set } = useContext(UnreadContext);
  const place = useContext(PlaceContext);
  const box = part === undefined ? place : `${place}/${part}`;
  return [texts[box], (text) => (text !== (texts[box] ?? null) ? set(box, text) : undefined)];
}
