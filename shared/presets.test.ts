import { expect, test } from 'vitest';
import { LONGEST_PRESET_NAME, freePresetName } from './presets.ts';

test('a name that is taken, whatever its case, gets the next free number, and stays as long as a name may be', () => {
  expect(freePresetName('Portrait', [])).toBe('Portrait');
  expect(freePresetName('Portrait', ['portrait'])).toBe('Portrait 2');
  expect(freePresetName('Portrait', ['portrait ', 'Portrait 2'])).toBe('Portrait 3');
  const long = 'x'.repeat(LONGEST_PRESET_NAME);
  expect(freePresetName(long, [long])).toBe(`${long.slice(0, -2)} 2`);
});
