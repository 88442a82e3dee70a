import { expect, it } from 'vitest';
import { useApp } from './app.ts';
import { useGiving } from './giving.ts';

const file = {
  sha256: 'a'.repeat(64),
  contentType: 'image/png',
  fileName: 'a.png',
  medium: 'image',
} as const;

it.each([
  ['it is closed', () => useApp.getState().openPicker(false)],
  ['another screen is opened', () => useApp.getState().go('history')],
])('a model is chosen for a file in the open browser, until %s', (_, close) => {
  useGiving.getState().choose(file);
  expect(useApp.getState().pickerOpen).toBe(true);
  expect(useGiving.getState().file).toEqual(file);
  close();
  expect(useApp.getState().pickerOpen).toBe(false);
  expect(useGiving.getState().file).toBeNull();
  useApp.getState().openPicker(true);
  expect(useGiving.getState().file).toBeNull();
});
