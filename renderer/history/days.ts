/** `Today`, `Yesterday`, `Monday 3 March`, with the year where it is another. */
export function dayName(date: Date, now: Date): string {
  const days = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return date
    .toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', ...year })
    .replace(',', '');
}

const midnight = (date: Date): number =>
  new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
