import { parseQuery } from '../../shared/history/query.ts';

/** Whether these words find what is in the trash, and nothing else. */
export const findsTrash = (text: string): boolean =>
  parseQuery(text, 0).terms.some(
    ({ not, condition }) => !not && condition.kind === 'is' && condition.is === 'trashed',
  );
