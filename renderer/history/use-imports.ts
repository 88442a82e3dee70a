import { useTransfer } from '../stores/transfer.ts';
import type { MenuAction } from '../ui/action-menu.tsx';

/** The history's ways in. */
export function useImports(): readonly MenuAction[] {
  const take = useTransfer((state) => state.import);
  const disabled = useTransfer((state) => state.transfer !== null);
  return [
    { label: 'Import a zip…', disabled, run: () => void take('zip') },
    { label: 'Import a folder…', disabled, run: () => void take('folder') },
  ];
}
