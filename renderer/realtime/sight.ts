import type { AppError } from '../../shared/fal/errors.ts';

/** What the last answer left in sight. */
export type Sight =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'picture'; readonly width: number; readonly height: number }
  | { readonly kind: 'text'; readonly text: string };

/** An input that was not taken, or an answer that could not be shown. The session goes on. */
export interface Refusal {
  readonly mark: number | null;
  readonly error: Pick<AppError, 'title' | 'detail'>;
}

/** Whether nothing changes for who looks; of pictures only the size counts, for they are painted elsewhere. */
export function sameSight(a: Sight, b: Sight): boolean {
  if (a.kind === 'picture' && b.kind === 'picture') return a.width === b.width && a.height === b.height;
  if (a.kind === 'text' && b.kind === 'text') return a.text === b.text;
  return a.kind === 'nothing' && b.kind === 'nothing';
}
