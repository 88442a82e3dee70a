import { expect, test } from 'vitest';
import type { CostRow } from './cost-rows.ts';
import { costLine } from './costs-csv.ts';

const row: CostRow = {
  id: 1_700_000_000_123_004,
  endpointId: 'acme/bird',
  profileId: 'key:1',
  requestId: null,
  state: 'succeeded',
  units: 3,
  unit: 'images',
  unitPrice: 0.0000001,
  cost: 0.3,
  currency: 'USD',
  basis: 'charged',
};

test('a line of costs: quoted where it must be, numbers without exponents, nothing a table would reckon with', () => {
  expect(costLine(row, () => 'a "b", c')).toBe(
    '2023-11-14T22:13:20.123Z,acme/bird,"a ""b"", c",,succeeded,3,images,0.0000001,0.3,USD,charged\r\n',
  );
  for (const name of ['=1+1', '+1', '-1', '@x', '\t=1', ' =1'])
    expect(costLine(row, () => name)).toContain(`,'${name},`);
  expect(costLine({ ...row, units: null, cost: null, basis: 'unknown' }, () => 'k')).toMatch(
    /,,images,0\.0000001,,USD,\r\n$/,
  );
});
