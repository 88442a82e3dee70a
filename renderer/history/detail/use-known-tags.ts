import { useEffect, useState } from 'react';
import { ask } from '../../bridge.ts';

const NONE: readonly string[] = [];

/** Every tag in use, the most frequent first; none until they are read. */
export function useKnownTags(): readonly string[] {
  const [tags, setTags] = useState(NONE);
  useEffect(() => {
    let left = false;
    void ask('history.facets', { text: '' }).then((answer) => {
      if (!left && answer.ok) setTags(answer.value.tags.map(({ value }) => value));
    });
    return () => {
      left = true;
    };
  }, []);
  return tags;
}
