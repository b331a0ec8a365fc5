/** @file How runs go: pause, step, reset, halt, diverge, and go on exactly where they were. */
import { unzipSync } from 'fflate';
import { expect, load, open, save, takeFile, test, trainToTheEnd } from './app.ts';

test('a run that was kept half way ends as if it had never been interrupted', async ({ page }) => {
  const settings = 'replicas.count=3&training.epochs=60&training.batchSize=5';
  const whole = await open(page, settings);
  await trainToTheEnd(whole);
  const expected = (await takeFile(whole, /^Curves/)).toString();

  await page.getByRole('button', { name: 'Reset' }).click();
  for (let epoch = 1; epoch <= 3; epoch++) {
    await page.getByRole('button', { name: 'Step' }).click();
    await expect(whole.status).toContainText(`after epoch ${epoch} of 60`);
  }
  await save(whole, 'half way');
  await page.goto('about:blank');
  const again = await open(page, 'replicas.count=2&training.epochs=5');
  await load(again, 'half way');
  await expect(again.status).toContainText('after epoch 3 of 60');
  await trainToTheEnd(again);
  expect((await takeFile(again, /^Curves/)).toString()).toBe(expected);
});

test('everything recorded of a run gives its errors again', async ({ page }) => {
  const app = await open(page, 'replicas.count=2&training.epochs=6&data.testSize=32');
  await trainToTheEnd(app);
  const files = unzipSync(await takeFile(app, /^Everything/));
  const cells = (name: string) =>
    new TextDecoder()
      .decode(files[name])
      .trim()
      .split('\n')
      .map((line) => line.split(','));
  const [head, ...curves] = cells('curves.csv');
  const points = cells('test-points.csv').slice(1);
  const bytes = files['predictions.npy']!;
  const predictions = new Float32Array(bytes.slice(128).buffer);
  expect(predictions).toHaveLength(6 * 2 * 32);
  // Of the sine a point has one input: number, kept, input, target, noise.
  for (const [row, cell] of curves.entries()) {
    const squares = points.map(([, , , f, noise], i) => (predictions[row * 32 + i]! - Number(f)) ** 2 + Number(noise));
    const error = squares.reduce((sum, square) => sum + square, 0) / 32;
    expect(Math.fround(error)).toBeCloseTo(Number(cell[head!.indexOf('error')]), 6);
  }
  expect(JSON.parse(new TextDecoder().decode(files['outcome.json'])).recorded.weightsEpochs).toEqual([
    0, 1, 2, 3, 4, 5,
  ]);
});

test('pause, go on, everything pressed twice', async ({ page }) => {
  const app = await open(page, 'replicas.count=32&training.epochs=2000');
  await app.train.dblclick();
  await app.train.click();
  await expect(app.status).toContainText(/Training: epoch [1-9]/);
  await app.train.click();
  await expect(app.status).toContainText('Paused after epoch');
  const epoch = Number(/after epoch (\d+)/.exec(await app.status.innerText())?.[1]);
  await page.getByRole('button', { name: 'Step' }).dblclick();
  await expect(app.status).toContainText(new RegExp(`Paused after epoch (${epoch + 1}|${epoch + 2}) `));
  // Away from the button, whose own key is Space too.
  await page.getByRole('heading', { name: 'Patience' }).click();
  await page.keyboard.press('Space');
  await expect(app.status).toContainText('Training: epoch');
  await page.getByRole('button', { name: 'Reset' }).dblclick();
  await expect(app.status).toContainText('Nothing trained yet.');
  await expect(app.train).toHaveText('Train');
});

test('a real job halts when every replica has stopped', async ({ page }) => {
  const app = await open(
    page,
    'replicas.count=3&training.epochs=400&training.haltWhenStopped=true&stopping.patience=4',
  );
  await app.train.click();
  await expect(app.status).toContainText(/every replica (has )?stopped/i);
  const { replicas, recordedEpochs } = JSON.parse((await takeFile(app, /^Outcome/)).toString());
  expect(Math.max(...replicas.map((replica: { stop: number }) => replica.stop)) + 1).toBe(recordedEpochs);
});

test('replicas that diverge are named, and their neighbours go on', async ({ page }) => {
  const app = await open(
    page,
    'replicas.count=8&training.epochs=40&training.optimizer.name=sgd&training.optimizer.learningRate=0.31',
  );
  await app.train.click();
  await expect(app.verdict).toContainText(/diverged/, { timeout: 60_000 });
  const { replicas } = JSON.parse((await takeFile(app, /^Outcome/)).toString());
  const diverged = replicas.filter((replica: { divergedAt: number | null }) => replica.divergedAt !== null);
  expect(diverged.length).toBeGreaterThan(0);
});

test('changed settings light up Train, a changed rule does not', async ({ page }) => {
  const app = await open(page, 'replicas.count=2&training.epochs=10');
  await trainToTheEnd(app);
  const settings = page.getByRole('complementary', { name: 'Settings' });
  await settings.getByRole('checkbox', { name: 'restore best weights' }).uncheck();
  await expect(app.status).toContainText('Done in');
  await settings.getByRole('heading', { name: 'Model' }).click();
  await settings.getByRole('textbox', { name: /hidden/ }).fill('5');
  await page.keyboard.press('Enter');
  await expect(app.status).toContainText('Settings changed');
  await settings.getByRole('textbox', { name: /hidden/ }).fill('500');
  await page.keyboard.press('Enter');
  await expect(settings).toContainText('must be a whole number from 1 to 64');
});
