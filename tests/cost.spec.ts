/** @file What a training costs: the ledger, the axis that counts it, and the learning rate under the curves. */
import { expect, open, test, trainToTheEnd } from './app.ts';

// 1-24-24-1, tanh, Adam. By hand, for each point: 1 296 FLOPs forward (2·624 + 48) and 2 641 backward (2·1 224 + 49 +
// 144); for each step 13 for each of 673 parameters. Batches of 10 from 20 points make two steps an epoch.
const TRAINING = 20 * (1296 + 2641) + 2 * 13 * 673;
const EVALUATION = (20 + 20 + 256) * 1296;
const SMALL =
  'replicas.count=4&training.epochs=40&training.batchSize=10&data.trainSize=20&data.validationSize=20&data.testSize=256';

test('the ledger adds up what was counted by hand', async ({ page }) => {
  const app = await open(page, `${SMALL}&stopping.patience=100`);
  await page.getByRole('tab', { name: 'Cost' }).click();
  const tab = page.getByRole('tabpanel', { name: 'Cost' });
  const line = (name: RegExp) => tab.getByRole('row', { name }).getByRole('cell');

  // Before there is a tape: what a step and an epoch take, and the memory.
  await expect(line(/^a step 10 points/).first()).toHaveText('48.1 kFLOP');
  await expect(line(/^an epoch 2 steps/)).toHaveText(kilo(TRAINING, EVALUATION, TRAINING + EVALUATION));
  await expect(line(/^673 parameters each/)).toHaveText('10.8 kB');
  await expect(line(/^2 optimizer slots a parameter \(Adam\)/)).toHaveText('21.5 kB');
  await expect(line(/^last/)).toHaveCount(0);

  // Nothing stops within 40 epochs at patience 100, so stop and last are one.
  await trainToTheEnd(app);
  const whole = mega(40 * TRAINING, 40 * EVALUATION, 40 * (TRAINING + EVALUATION));
  await expect(line(/^stop 40 epochs/)).toHaveText(whole);
  await expect(line(/^last 40 epochs/)).toHaveText(whole);
  await expect(tab).toContainText(/a replica trains 100 % of the 40 planned\s+epochs/);

  // A rule that stops sooner costs less.
  await app.patience.fill('1');
  await expect(tab).toContainText(
    /Until its stop a replica trains \d\d? % of the 40 planned\s+epochs and takes [\d.]+\sMFLOP on average/,
  );
});

test('the epoch axis counts updates, examples or FLOPs', async ({ page }) => {
  await open(page, SMALL);
  const unit = page.getByRole('combobox', { name: 'The epoch axis counts' });
  const last = page.locator('#p-decomp svg text[text-anchor=end]').last();
  await expect(last).toHaveText('40');
  for (const [name, words] of [
    ['updates', '80'],
    ['examples', '800'],
    ['FLOPs', '3.85M'],
    ['epochs', '40'],
  ] as const) {
    await unit.selectOption(name);
    await expect(last).toHaveText(words);
  }
});

test('a learning rate that changes is drawn under the curves and said in a sentence', async ({ page }) => {
  await open(page, SMALL);
  const strip = page.getByRole('img', { name: /^Learning rate/ });
  await expect(page.getByRole('slider', { name: 'Learning curves, epoch' })).toBeVisible();
  await expect(strip).toHaveCount(0);

  const settings = page.getByRole('complementary', { name: 'Settings' });
  await settings.getByText('Training', { exact: true }).click();
  await settings.getByRole('combobox', { name: 'schedule' }).selectOption('step');
  // Halved every hundred epochs: within 40 it only stays.
  await expect(strip).toHaveAccessibleName('Learning rate, step: 0.01 at epoch 1, at most 0.01, 0.01 at epoch 40.');
  await settings.getByRole('textbox', { name: 'every' }).fill('10');
  await settings.getByRole('textbox', { name: 'every' }).blur();
  await expect(strip).toHaveAccessibleName('Learning rate, step: 0.01 at epoch 1, at most 0.01, 0.00125 at epoch 40.');
});

const three = (values: number[], factor: number, unit: string) =>
  values.map((value) => `${(value / factor).toPrecision(3)}\u00a0${unit}`);
const kilo = (...values: number[]) => three(values, 1e3, 'kFLOP');
const mega = (...values: number[]) => three(values, 1e6, 'MFLOP');
