import { parseQuery } from '../../shared/history/query.ts';
import type { Changed } from '../../shared/ipc/history.ts';

/** Whether what these words find may be something else after such a change. */
export function dependsOn(text: string, about: Changed): boolean {
  if (about === 'runs') return true;
  return parseQuery(text, 0).terms.some(({ condition: { kind, ...rest } }) => {
    switch (about) {
      case 'star':
        return 'is' in rest && rest.is === 'starred';
      case 'note':
        return kind === 'text' || ('is' in rest && rest.is === 'noted');
      case 'tag':
        return kind === 'text' || kind === 'tag';
    }
  });
}
