import { LONG } from '../../playwright.config.ts';
import type { ElectronApplication } from '@playwright/test';
import { expect, test } from './app.ts';
import type { Opened } from './app.ts';

const env = { FAL_KEY: 'demo:demo' };

/** Answers the box of the quit, and keeps what it said. */
async function answer(app: ElectronApplication, button: 'Quit' | 'Stay'): Promise<void> {
  await app.evaluate(({ dialog }, wanted) => {
    const asked: unknown[] = [];
    Reflect.set(globalThis, '__asked', asked);
    // Called with the window first, where there is one.
    dialog.showMessageBox = (...args: unknown[]) => {
      const options: unknown = args.at(-1);
      asked.push(options);
      const buttons: unknown =
        typeof options === 'object' && options !== null ? Reflect.get(options, 'buttons') : [];
      const response = Array.isArray(buttons) ? buttons.indexOf(wanted) : -1;
      return Promise.resolve({ response, checkboxChecked: false });
    };
  }, button);
}

const asked = (app: ElectronApplication): Promise<unknown> =>
  app.evaluate(() => {
    const list: unknown = Reflect.get(globalThis, '__asked');
    return list;
  });

const gone = ({ app }: Opened): Promise<void> =>
  new Promise((resolve) => app.process().once('exit', () => resolve()));

test('quitting with a run under way asks once, stays when told to, and says what goes on at fal', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ faults: ['hold:running'] });
  const opened = await launch({ fal, env });
  await opened.ui.prompt.fill('a hill that goes on');
  await opened.ui.run();
  await expect(opened.ui.status).toHaveText('Running');

  await answer(opened.app, 'Stay');
  await opened.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect
    .poll(() => asked(opened.app))
    .toMatchObject([
      {
        message: 'Quit while 1 run is under way?',
        detail: '1 run goes on at fal and is taken up at the next start.',
        buttons: ['Quit', 'Stay'],
        cancelId: 1,
      },
    ]);
  await opened.app.evaluate(({ app }) => app.quit());
  await expect.poll(() => asked(opened.app)).toHaveLength(2);
  await expect(opened.ui.status).toHaveText('Running');

  await answer(opened.app, 'Quit');
  const ended = gone(opened);
  await opened.app.evaluate(({ app }) => app.quit());
  await ended;

  const second = await launch({ fal, env });
  await expect(second.ui.status).toHaveText('Running');
  fal.setFaults([]);
  await second.ui.done();
  // Nothing under way, nothing to ask.
  await answer(second.app, 'Stay');
  const over = gone(second);
  await second.app.evaluate(({ app }) => app.quit());
  await over;
});

test('a signal is obeyed without a question', { tag: LONG }, async ({ launch, startFal }) => {
  const fal = await startFal({ faults: ['hold:running'] });
  const opened = await launch({ fal, env });
  await opened.ui.prompt.fill('a hill that goes on');
  await opened.ui.run();
  await expect(opened.ui.status).toHaveText('Running');
  await answer(opened.app, 'Stay');
  const ended = gone(opened);
  opened.app.process().kill('SIGTERM');
  await ended;
});

test(
  'the end of a Windows session is obeyed without a question',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ faults: ['hold:running'] });
    const opened = await launch({ fal, env });
    await opened.ui.prompt.fill('a hill that goes on');
    await opened.ui.run();
    await expect(opened.ui.status).toHaveText('Running');
    await answer(opened.app, 'Stay');
    const ended = gone(opened);
    await opened.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      if (window === undefined) return;
      Reflect.apply(window.emit, window, ['session-end']);
      window.close();
    });
    await ended;
  },
);

test('waking up and the network’s return ask for the runs at once', async ({ launch, startFal }) => {
  const fal = await startFal({ faults: ['hold:running'] });
  const opened = await launch({ fal, env });
  await opened.ui.prompt.fill('a hill that slept');
  await opened.ui.run();
  await expect(opened.ui.status).toHaveText('Running');
  const streams = (): number => fal.requests().filter(({ path }) => path.endsWith('/status/stream')).length;
  await expect.poll(streams).toBe(1);
  await opened.app.evaluate(({ powerMonitor }) => Reflect.apply(powerMonitor.emit, powerMonitor, ['resume']));
  await expect.poll(streams).toBe(2);
  await opened.page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect.poll(streams).toBe(3);
  fal.setFaults([]);
  await opened.ui.done();
});
