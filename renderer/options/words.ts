import type { Method } from '../../shared/runs/methods.ts';

export const METHOD_NAMES: Readonly<Record<Method, string>> = {
  queue: 'Queue',
  direct: 'Direct',
  stream: 'Stream',
};

export const KEEP_NAMES: Readonly<Record<string, string>> = {
  immediate: 'A minute',
  '1h': 'An hour',
  '1d': 'A day',
  '7d': '7 days',
  '30d': '30 days',
  '1y': 'A year',
  never: 'As the account says',
};
