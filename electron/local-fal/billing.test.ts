import { expect, test } from 'vitest';
import { billableUnits } from './billing.ts';
import { gatedModel, makeGate } from './testing.ts';
import type { LocalModel } from './types.ts';

const model = (unit: string | null, units?: LocalModel['units']): LocalModel => ({
  ...gatedModel('acme/bird', makeGate()),
  price: unit === null ? null : { unit_price: 0.1, unit, currency: 'USD' },
  ...(units && { units }),
});
const pictures = (...sides: number[]) => ({ images: sides.map((side) => ({ width: side, height: side })) });

test.each([
  ['images', pictures(64, 64, 64), 3],
  ['images', { text: 'none' }, 1],
  ['megapixels', pictures(1024, 512), 2],
  ['megapixels', pictures(1025), 2],
  ['megapixels', { images: ['odd', { width: 1 }] }, 2],
  ['requests', pictures(64, 64), 1],
  [null, pictures(64, 64), 1],
])('%s of %j are %i units', (unit, output, units) => {
  expect(billableUnits(model(unit), {}, output)).toBe(units);
});

test('a model may charge by what it was asked', () => {
  const bySecond = model('seconds', (input) => Number(Reflect.get(Object(input), 'duration')));
  expect(billableUnits(bySecond, { duration: 7 }, pictures(64))).toBe(7);
});
