/** Milliseconds since 1970; `to` is the first moment after it. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** The day, month or year of these numbers, by this computer's zone; null where there is no such day. */
function dayPeriod(year: number, month: number | null, day: number | null): Period | null {
  const from = new Date(year, (month ?? 1) - 1, day ?? 1);
  if (month !== null && from.getMonth() !== month - 1) return null;
  if (day !== null && from.getDate() !== day) return null;
  const to =
    month === null
      ? new Date(year + 1, 0, 1)
      : day === null
        ? new Date(year, month, 1)
        : new Date(year, month - 1, day + 1);
  return { from: from.getTime(), to: to.getTime() };
}

/** `today`, `yesterday`, `week` (the last seven days), `2026`, `2026-11`, `2026-11-03`, or two of them with `..` between. */
export function readPeriod(text: string, now: number): Period | null {
  const ends = text.split('..');
  if (ends.length === 2) {
    const from = readPeriod(ends[0] ?? '', now);
    const to = readPeriod(ends[1] ?? '', now);
    return from === null || to === null || to.to <= from.from ? null : { from: from.from, to: to.to };
  }
  const date = new Date(now);
  const ago = (days: number): Date => new Date(date.getFullYear(), date.getMonth(), date.getDate() - days);
  const midnight = ago(-1).getTime();
  switch (text) {
    case 'today':
      return { from: ago(0).getTime(), to: midnight };
    case 'yesterday':
      return { from: ago(1).getTime(), to: ago(0).getTime() };
    case 'week':
      return { from: ago(6).getTime(), to: midnight };
    case 'month':
      return dayPeriod(date.getFullYear(), date.getMonth() + 1, null);
    default: {
      const match = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(text);
      if (match === null) return null;
      const [, year, month, day] = match;
      return dayPeriod(
        Number(year),
        month === undefined ? null : Number(month),
        day === undefined ? null : Number(day),
      );
    }
  }
}
