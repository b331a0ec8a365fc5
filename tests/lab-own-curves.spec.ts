/** @file The stopping lab on what the reader brings, and why a replica stopped, epoch by epoch. */
import { expect, open, openLogs, openTool, test, trainToTheEnd } from './app.ts';

test('a history of your own is read, stopped by the rule of the sliders, and refused with a remedy', async ({
  page,
}) => {
  const app = await open(page, 'stopping.patience=2');
  const tab = await openLogs(app);
  const history = tab.getByRole('textbox', { name: 'Metric history' });

  // A Keras history: best at the third epoch; the fourth and fifth do not beat it, the sixth would have.
  await history.fill("{'loss': [1, 0.9, 0.8, 0.7, 0.6, 0.5], 'val_loss': [0.9, 0.8, 0.7, 0.75, 0.72, 0.6]}");
  const row = tab.getByRole('row').nth(1);
  await expect(row.getByRole('cell')).toHaveText(['6', '5', '3', '0.7000', '0.6000', '1']);

  // Two runs from a file, one of which stops too early.
  await tab.getByLabel('File with a metric history').setInputFiles({
    name: 'runs.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('epoch,a,b\n0,0.9,0.9\n1,0.7,0.8\n2,0.8,0.7\n3,0.8,0.6\n4,0.5,0.5\n'),
  });
  await expect(tab.getByRole('row')).toHaveCount(3);
  await expect(tab.getByText('1 of 2 runs would stop although')).toBeVisible();
  await tab.getByRole('textbox', { name: 'patience', exact: true }).fill('3');
  await page.keyboard.press('Enter');
  await expect(tab.getByText('0 of 2 runs would stop although')).toBeVisible();

  await history.fill('[0.9, "low"]');
  await expect(tab.getByRole('alert')).toContainText('value 2: "low" must be a number');
  await tab.getByRole('button', { name: 'try an example' }).click();
  await expect(tab.getByRole('row')).toHaveCount(4);
});

test('why: arrow keys step through the epochs and move the crosshair', async ({ page }) => {
  const app = await open(page, 'replicas.count=4&training.epochs=60&stopping.patience=5');
  await trainToTheEnd(app);
  const tab = await openTool(app, 'Why');
  const steps = tab.getByRole('region', { name: 'Epoch by epoch' });
  await steps.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  const epoch = await steps.locator('.pinned').getByRole('rowheader').innerText();
  await expect(app.epoch).toHaveAttribute('aria-valuetext', new RegExp(`\\b${epoch}\\b`));
  await page.keyboard.press('ArrowDown');
  await expect(steps.locator('.pinned').getByRole('rowheader')).toHaveText(String(Number(epoch) + 1));
});
