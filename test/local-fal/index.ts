import type { LocalFal, LocalFalOptions } from '../../electron/local-fal/index.ts';
import { startLocalFal } from '../../electron/local-fal/index.ts';

export type TestFalOptions = Omit<LocalFalOptions, 'extraModels' | 'hooks'> & {
  readonly schemas?: string;
  readonly faults?: readonly string[];
};

export async function startTestFal(options: TestFalOptions = {}): Promise<LocalFal> {
  return startLocalFal(options);
}
