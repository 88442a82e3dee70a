import { LARGEST_QUOTA, LEAST_QUOTA } from '../../shared/media/quota.ts';

const GB = 1_000_000_000;

/** Bytes of gigabytes as a person writes them; null for an empty box, undefined for what is no limit. */
export function readQuota(text: string): number | null | undefined {
  const trimmed = text
    .trim()
    .replace(/\s*gb$/i, '')
    .replace(',', '.');
  if (trimmed === '') return null;
  const bytes = /^(\d+\.?\d*|\.\d+)$/.test(trimmed) ? Math.round(Number(trimmed) * GB) : Number.NaN;
  return bytes >= LEAST_QUOTA && bytes <= LARGEST_QUOTA ? bytes : undefined;
}

/** As it is written in the box. */
export const quotaText = (bytes: number | null): string => (bytes === null ? '' : String(bytes / GB));
