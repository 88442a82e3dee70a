import { LARGEST_LIMIT } from '../../shared/money/limits.ts';

/** Dollars as a person writes them; null for an empty box, undefined for what is no limit. */
export function readLimit(text: string): number | null | undefined {
  const trimmed = text.trim().replace(/^\$\s*/, '');
  if (trimmed === '') return null;
  const limit = /^(\d+\.?\d*|\.\d+)$/.test(trimmed) ? Number(trimmed) : Number.NaN;
  return limit <= LARGEST_LIMIT ? limit : undefined;
}
