import { createContext, useContext } from 'react';

/**
 * What was typed and cannot be read as a value, by the name of its box ('' for the whole request as JSON). It is kept
 * outside the boxes, so that it outlives them, and nothing runs while there is any: what is sent is what is seen.
 */
export interface UnreadTexts {
  readonly texts: Readonly<Record<string, string>>;
  readonly set: (name: string, text: string | null) => void;
}

export const UnreadContext = createContext<UnreadTexts>({ texts: {}, set: () => undefined });

/** The unread text of one box and the way to change it; null takes it away. */
export function useUnread(
  name: string,
): readonly [text: string | undefined, set: (text: string | null) => void] {
  const { texts, set } = useContext(UnreadContext);
  return [texts[name], (text) => (text !== (texts[name] ?? null) ? set(name, text) : undefined)];
}
