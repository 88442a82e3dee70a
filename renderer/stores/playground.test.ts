import { afterEach, expect, it, vi } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { fail } from '../../shared/result.ts';
import { formOf } from '../../shared/schema/form.fixture.ts';
import { usePlayground } from './playground.ts';
import { useRequests } from './requests.ts';

afterEach(() => vi.unstubAllGlobals());

it('takes no second press on Run before the first is answered, and another model’s at any time', async () => {
  const answers: (() => void)[] = [];
  const start = vi.fn<() => Promise<unknown>>(
    () =>
      new Promise((resolve) => {
        answers.push(() => resolve(fail(appError('network', 'Away'))));
      }),
  );
  vi.stubGlobal('window', { playground: { commands: { 'runs.start': start } } });
  const form = formOf({ prompt: { type: 'string' } });
  useRequests.setState({
    forms: { 'a/b': { kind: 'form', form }, 'c/d': { kind: 'form', form } },
    drafts: { 'a/b': { prompt: 'a bird' }, 'c/d': { prompt: 'a fish' } },
  });
  const { run } = usePlayground.getState();

  usePlayground.setState({ endpointId: 'a/b' });
  const first = run();
  expect(usePlayground.getState().starting.has('a/b')).toBe(true);
  await run();
  expect(start).toHaveBeenCalledTimes(1);

  usePlayground.setState({ endpointId: 'c/d' });
  const other = run();
  expect(start).toHaveBeenCalledTimes(2);

  for (const answer of answers) answer();
  await Promise.all([first, other]);
  expect(usePlayground.getState().starting.size).toBe(0);
  const again = run();
  expect(start).toHaveBeenCalledTimes(3);
  answers.at(-1)?.();
  await again;
});
