import type { Subtracted } from './subtract.ts';

/** What was counted, in a sentence. */
export function differenceWords({ share, most }: Subtracted): string {
  if (share === 0) return 'No pixel differs.';
  const percent = share * 100;
  const part =
    percent < 0.1 ? 'Less than 0.1' : percent < 10 ? percent.toFixed(1) : String(Math.floor(percent));
  return `${part} % of the pixels differ, by ${most} of 255 at most.`;
}
