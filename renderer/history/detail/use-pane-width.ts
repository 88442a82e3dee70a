import { useState } from 'react';
import { paneWidth } from '../../../shared/history/pane-width.ts';
import { useApp } from '../../stores/app.ts';

/** The width of the pane in pixels, and the way to set it; a settled one is kept for the next time. */
export function usePaneWidth(): readonly [number, (width: number, settled: boolean) => void] {
  const kept = useApp((state) => state.detailWidth);
  const keep = useApp((state) => state.setDetailWidth);
  const [dragged, setDragged] = useState<number | null>(null);
  return [
    dragged ?? kept,
    (asked, settled) => {
      const width = paneWidth(asked);
      setDragged(settled ? null : width);
      if (settled && width !== kept) void keep(width);
    },
  ];
}
