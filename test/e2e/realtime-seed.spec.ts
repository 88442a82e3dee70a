import { expect, test } from './app.ts';
import { LiveScreen } from './live-screen.ts';
import { ringOf, seededModel } from './seeded-model.ts';

test('the seed beside the picture is the one it was made with, and the one that is held', async ({
  launch,
  startFal,
}) => {
  const { model, seeds, hold } = await seededModel();
  const fal = await startFal({ extraModels: [model] });
  const { page } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  const live = new LiveScreen(page);
  await live.open(model.endpointId);
  const field = live.request.locator('[data-field="seed"]');
  const value = live.request.getByRole('textbox', { name: 'Value' });
  const seed = live.stage.getByText(/^Seed \d+$/);
  const button = (name: string) => live.stage.getByRole('button', { name });
  /** Waits for the answer to the input of this number, and looks whether all that is said of its seed is true. */
  const answered = async (input: number): Promise<number> => {
    await expect.poll(() => seeds.length).toBe(input);
    const made = Number(seeds[input - 1]);
    await live.shows(ringOf(made));
    await expect(seed).toHaveText(`Seed ${made}`);
    return made;
  };
  // No picture yet, so no seed of one.
  await expect(field.getByRole('button', { name: 'Hold a seed' })).toBeVisible();
  await expect(seed).toHaveCount(0);
  const firstAnswer = hold();
  await live.startButton.click();
  await expect.poll(() => seeds.length).toBe(1);
  await expect(seed).toHaveCount(0);
  firstAnswer();
  const first = await answered(1);
  // Locked, a change leaves it; the dice do not.
  await value.fill('1');
  expect(await answered(2)).toBe(first);
  await button('New seed').click();
  const rolled = await answered(3);
  expect(rolled).not.toBe(first);
  // Open, each input has another: until its answer is painted the picture is still the one before.
  await button('Same seed for every change').click();
  const nextAnswer = hold();
  await value.fill('2');
  await expect.poll(() => seeds.length).toBe(4);
  expect(seeds[3]).not.toBe(rolled);
  await expect(seed).toHaveText(`Seed ${rolled}`);
  nextAnswer();
  const next = await answered(4);
  // Frozen, the dice are thrown for later.
  await button('Freeze').click();
  await button('New seed').click();
  await expect(seed).toHaveText(`Seed ${next}`);
  // What the lock takes hold of is what is in sight.
  await button('Same seed for every change').click();
  await button('Freeze').click();
  expect(await answered(5)).toBe(next);
  await button('Same seed for every change').click();
  const lastAnswer = hold();
  await value.fill('3');
  await expect.poll(() => seeds.length).toBe(6);
  expect(seeds[5]).not.toBe(next);
  await field.getByRole('button', { name: 'Hold the last seed' }).click();
  await expect(field.getByRole('textbox')).toHaveValue(String(next));
  lastAnswer();
  await expect.poll(() => seeds.length).toBe(7);
  expect(seeds[6]).toBe(next);
  await live.shows(ringOf(next));
});
