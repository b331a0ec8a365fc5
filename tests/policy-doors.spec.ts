/** @file A policy on its way through the page's doors: link, halted run, checkpoint, files; and a bad one refused by field. */
import { expect, load, open, save, takeFile, test, trainToTheEnd, type App } from './app.ts';

const outcomeOf = async (app: App) => JSON.parse((await takeFile(app, /^Outcome/)).toString());
const inLink = (policy: unknown) => `stopping.policy=${encodeURIComponent(JSON.stringify(policy))}`;

const budget = { rule: 'budget', monitor: 'validation-loss', epochs: 4, mode: 'auto' };
// Nothing improves by 1000: patience is used up five epochs after the first.
const patience = { rule: 'keras', monitor: 'validation-loss', min_delta: 1000, patience: 5 };

test('a policy of a link halts a run, also one that was kept half way, and is in its files', async ({ page }) => {
  const settings = `replicas.count=3&training.epochs=60&training.haltWhenStopped=true&${inLink({ all: [budget, patience] })}`;
  const app = await open(page, settings);
  await expect(page.locator('#p-curves')).toBeVisible();
  await app.train.click();
  await expect(app.status).toContainText(/every replica (has )?stopped/i);
  const whole = await outcomeOf(app);
  expect(whole).toMatchObject({
    recordedEpochs: 6,
    rule: expect.stringMatching(/^All of Budget of epochs.* and Keras 3/),
  });
  for (const { stop, reason } of whole.replicas) {
    expect(stop).toBe(5);
    expect(reason).toContain('patience 5');
  }

  await page.getByRole('button', { name: 'Reset' }).click();
  for (let epoch = 1; epoch <= 3; epoch++) {
    await page.getByRole('button', { name: 'Step' }).click();
    await expect(app.status).toContainText(`after epoch ${epoch} of 60`);
  }
  await save(app, 'half way');
  await page.goto('about:blank');
  const again = await open(page);
  await load(again, 'half way');
  await again.train.click();
  await expect(again.status).toContainText(/every replica (has )?stopped/i);
  const { recordedEpochs, experiment, replicas } = await outcomeOf(again);
  expect({ recordedEpochs, experiment, replicas }).toEqual({
    recordedEpochs: 6,
    experiment: whole.experiment,
    replicas: whole.replicas,
  });
});

test('a policy that only replays stops nothing, and its outcome is that of the policy', async ({ page }) => {
  const app = await open(page, `replicas.count=2&training.epochs=20&${inLink({ any: [budget, patience] })}`);
  await trainToTheEnd(app);
  const { recordedEpochs, replicas } = await outcomeOf(app);
  expect(recordedEpochs).toBe(20);
  expect(replicas).toMatchObject([{ stop: 3 }, { stop: 3 }]);
});

test('a link with a bad policy says by field what is wrong with it', async ({ page }) => {
  await open(page, inLink({ any: [budget, { ...patience, patience: -1 }] }));
  await expect(page.getByText('stopping.policy.any.1.patience: -1 must be')).toBeVisible();
  await page.goto('about:blank');
  await open(page, inLink({ ...budget, monitor: 'validation-f1' }));
  await expect(page.getByText('stopping.policy.monitor: "validation-f1" is recorded only for classes')).toBeVisible();
});

test('a run is halted by the rule as it stands when Train is pressed', async ({ page }) => {
  const app = await open(
    page,
    'replicas.count=2&training.epochs=60&training.haltWhenStopped=true&stopping.minDelta=0.1',
  );
  await expect(app.train).toBeEnabled();
  // The engine is ready for the first patience.
  await expect(page.getByRole('banner')).toContainText(/WASM|WebGPU|CPU/);
  await app.patience.focus();
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowLeft');
  await app.train.click();
  await expect(app.status).toContainText(/every replica (has )?stopped/i);
  const { experiment, recordedEpochs, replicas } = await outcomeOf(app);
  expect(experiment.stopping.policy.patience).toBeLessThan(20);
  expect(Math.max(...replicas.map(({ stop }: { stop: number }) => stop)) + 1).toBe(recordedEpochs);
});
