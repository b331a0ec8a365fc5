/** @file The main job: train, drag patience, save, reload, load, go on, compare, take the model away. */
import * as tf from '@tensorflow/tfjs';
import { unzipSync } from 'fflate';
import { act, chooseBackend, expect, load, open, save, takeFile, test, trainToTheEnd } from './app.ts';

/** Epochs that a software adapter trains in some seconds. */
const SMALL = 'replicas.count=4&model.hidden=8&data.testSize=64';

for (const { backend, epochs } of [
  { backend: 'WebGPU', epochs: 30 },
  { backend: 'WASM', epochs: 60 },
] as const) {
  test(`the main job on ${backend}`, async ({ page }) => {
    const app = await open(page, `${SMALL}&training.epochs=${epochs}&stopping.patience=3`);
    await chooseBackend(app, backend);
    await trainToTheEnd(app);
    await expect(page.getByRole('banner')).toContainText(backend);
    await expect(app.verdict).toContainText('Patience 3');

    // A rule moves every stop and trains nothing.
    const before = await app.outcome.innerText();
    await app.patience.focus();
    for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowRight');
    await expect(app.verdict).toContainText('Patience 9');
    await expect(app.outcome).not.toHaveText(before);
    await expect(app.status).toContainText('Done in');
    await expect(app.epoch).toHaveAttribute('max', String(epochs));
    const outcome = await app.outcome.innerText();

    // Kept, found again after a reload, and put back.
    await save(app, 'first');
    await page.goto('about:blank');
    const again = await open(page);
    await load(again, 'first');
    await expect(again.verdict).toContainText('Patience 9');
    expect(await again.outcome.innerText()).toBe(outcome);

    // More epochs make the same run longer.
    const settings = page.getByRole('complementary', { name: 'Settings' });
    await settings.getByRole('heading', { name: 'Training' }).click();
    await settings.getByRole('textbox', { name: 'epochs', exact: true }).fill(String(epochs + 5));
    await page.keyboard.press('Enter');
    await trainToTheEnd(again);
    await expect(again.epoch).toHaveAttribute('max', String(epochs + 5));
    await save(again, 'longer');

    await act(again, 'first', 'compare');
    await act(again, 'longer', 'compare');
    await again.checkpoints.getByRole('button', { name: 'Compare 2' }).click();
    const comparison = page.getByRole('dialog');
    await expect(comparison).toContainText('epochs');
    await expect(comparison).toContainText(String(epochs));
    await expect(comparison).toContainText(String(epochs + 5));
    await comparison.getByRole('button', { name: 'Close' }).click();

    await checkModel(
      await takeFile(again, /^Model \(TensorFlow/),
      await takeFile(again, /^Outcome/),
      await takeFile(again, /^Curves/),
    );
  });
}

/** The file, as another program opens it, errs on raw inputs as much as the curves say its replica does. */
async function checkModel(zip: Buffer, outcome: Buffer, curves: Buffer): Promise<void> {
  const files = unzipSync(zip);
  const text = (name: string) => new TextDecoder().decode(files[name]);
  const { modelTopology, weightsManifest } = JSON.parse(text('model.json'));
  const [{ paths, weights }] = weightsManifest;
  const weightData = files[paths[0].replace('./', '')]!.slice().buffer;
  const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs: weights, weightData }));

  const x = Array.from({ length: 64 }, (_, i) => (i + 0.5) / 64);
  const y = await (model.predict(tf.tensor2d(x, [64, 1])) as tf.Tensor).data();
  const error = x.reduce((sum, at, i) => sum + (y[i]! - Math.sin(2 * Math.PI * at)) ** 2 / 64, 0) + 0.35 ** 2;

  const { restored } = JSON.parse(outcome.toString()).replicas[0];
  const line = curves
    .toString()
    .split('\n')
    .find((row) => row.startsWith(`${restored},0,`));
  expect(error).toBeCloseTo(Number(line!.split(',')[4]), 5);
}
