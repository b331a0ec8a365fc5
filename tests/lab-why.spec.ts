/** @file Why a replica stopped, epoch by epoch. */
import { expect, open, openTool, test, trainToTheEnd } from './app.ts';

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
