import type { ReactNode } from 'react';
import { Group } from '../settings/group.tsx';
import { ShelfList } from './shelf-list.tsx';

/** The shelf among the settings. */
export function ShelfSettings(): ReactNode {
  return (
    <Group
      title="LoRA shelf"
      text="Weights to pick from in every model that takes them. What you train is put here by itself."
    >
      <ShelfList />
    </Group>
  );
}
