import type { Transfer } from '../../shared/ipc/transfer.ts';

/** `1 run`, `1,200 runs`. */
export const counted = (count: number, thing: string): string =>
  `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;

const WORK: Readonly<Record<Transfer['work'], string>> = {
  export: 'Exporting',
  import: 'Importing',
  csv: 'Writing costs',
};

/** How far it is, in a few words. */
export function transferWords({ work, of, done, total }: Transfer): string {
  if (total === null) return `${WORK[work]}…`;
  return `${WORK[work]}: ${done.toLocaleString('en')} of ${counted(total, of === 'runs' ? 'run' : 'file')}`;
}
