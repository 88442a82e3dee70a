import { expect, test } from 'vitest';
import { USUAL_LOOK } from '../../shared/history/look.ts';
import { USUAL_WIDTH } from '../../shared/history/pane-width.ts';
import { tempHistory } from '../history/history.fixture.ts';
import { SETTINGS, keptSettings } from './kept-settings.ts';

const ON = { singleKeys: true, instruments: true, changedOnly: true, notify: true };

test('settings are as they were left, each by itself as at first where it was not or cannot be read', async () => {
  const { history } = await tempHistory();
  const first = { switches: ON, codeLanguage: 'curl', detailWidth: USUAL_WIDTH, historyLook: USUAL_LOOK };
  expect(await keptSettings(history)).toEqual(first);
  const look = { view: 'list', size: 128, order: 'oldest', grouping: 'batch' };
  await history.keep(SETTINGS.historyLook, look, 1);
  await history.keep(SETTINGS.switches, { notify: false }, 1);
  await history.keep(SETTINGS.detailWidth, 7, 1);
  expect(await keptSettings(history)).toEqual({
    ...first,
    switches: { ...ON, notify: false },
    historyLook: look,
  });
  await history.keep(SETTINGS.historyLook, { ...look, grouping: 'colour' }, 2);
  expect((await keptSettings(history)).historyLook).toEqual(USUAL_LOOK);
});
