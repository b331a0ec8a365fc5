/** @file The lab's scores: of the stop and of the crosshair's epoch, calibration with its table, the loss of disturbed inputs. */
import type { Page } from '@playwright/test';
import { expect, open, test, trainToTheEnd } from './app.ts';

async function openScores(page: Page) {
  await page.getByRole('tab', { name: 'Scores' }).click();
  return page.getByRole('tabpanel');
}

/** A number with its error as it is shown, `0.340 ± 0.009`. */
async function numberIn(text: Promise<string>): Promise<number> {
  return Number((await text).trim().split(/\s/)[0]!.replace('−', '-'));
}

test('a classification has all scores, a reliability diagram and a loss under disturbance', async ({ page }) => {
  const app = await open(page, 'data.source=moons&replicas.count=6&training.epochs=60&stopping.patience=5');
  const lab = await openScores(page);
  await expect(lab).toContainText('Appears once something is trained');
  await trainToTheEnd(app);
  const stopped = lab.getByRole('table', { name: 'As stopped', exact: true });
  const cell = (name: string, column: number) =>
    stopped.getByRole('row', { name }).getByRole('cell').nth(column).innerText();
  await expect(stopped.getByRole('row')).toHaveCount(7);
  for (const part of [0, 1, 2]) {
    // Both are rounded to the same digit.
    const sum = (await numberIn(cell('accuracy', part))) + (await numberIn(cell('error rate', part)));
    expect(sum).toBeCloseTo(1, 6);
  }

  await expect(lab).toContainText('1,536 predictions of 6 replicas at the test points, as stopped');
  await lab.getByText('reliability as a table').click();
  const bins = lab.getByRole('table').filter({ hasText: 'mean confidence' });
  const counts = await bins.locator('tbody td:nth-child(2)').allInnerTexts();
  expect(counts.reduce((sum, count) => sum + Number(count.replaceAll(',', '')), 0)).toBe(1536);

  const disturbed = lab.getByRole('table', { name: 'Test inputs, as stopped' });
  await expect(disturbed.getByRole('row')).toHaveCount(4);
  // The engine's weights lose what the tape says they lose: alike but for the last digit that is shown.
  const undisturbed = disturbed.getByRole('row', { name: 'undisturbed' }).getByRole('cell').first();
  const loss = await numberIn(cell('loss', 2));
  expect(Math.abs((await numberIn(undisturbed.innerText())) - loss)).toBeLessThan(0.01 * loss);
  const noise = lab.getByRole('slider', { name: 'noise on the test inputs' });
  await noise.focus();
  await page.keyboard.press('End');
  const noisy = disturbed.getByRole('row', { name: 'noise of 2 standard deviations' });
  await expect(noisy).toContainText('+');

  await app.epoch.focus();
  await page.keyboard.press('Home');
  await expect(lab.getByRole('table', { name: 'Crosshair: after 1 epoch', exact: true })).toBeVisible();
  await expect(lab.getByRole('table', { name: 'Test inputs, after 1 epoch', exact: true })).toBeVisible();
  await expect(lab).toContainText('at the test points, after 1 epoch;');
});

test('a regression has its loss, and says why there is no reliability diagram', async ({ page }) => {
  const app = await open(page, 'replicas.count=4&training.epochs=30');
  const lab = await openScores(page);
  await trainToTheEnd(app);
  await expect(lab.getByRole('table', { name: 'As stopped', exact: true }).getByRole('row')).toHaveCount(2);
  await expect(lab).toContainText('A regression predicts no probabilities');
  await expect(lab.getByRole('row', { name: '1.5 times as far' })).toBeVisible();
});
