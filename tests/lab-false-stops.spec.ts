/** @file The stopping lab on a tape: both pictures follow the patience, and choose it. */
import { expect, open, test, trainToTheEnd } from './app.ts';

test('false stops and error against compute follow the patience of the rail', async ({ page }) => {
  const app = await open(page, 'replicas.count=8&training.epochs=60&stopping.patience=2');
  await trainToTheEnd(app);
  await page.getByRole('tab', { name: 'False stops' }).click();
  const lab = page.getByRole('tabpanel');
  await expect(lab).toContainText(/With patience 2, \d of 8 replicas stop although/);
  await app.patience.focus();
  await page.keyboard.press('End');
  // A patience that no history of 60 epochs uses up stops nothing.
  await expect(lab).toContainText('With patience 100, 0 of 8 replicas');
  await page.getByRole('tab', { name: 'False stops' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Error against compute' })).toBeFocused();
  await expect(lab).toContainText(/Compute-optimal in hindsight is (patience \d+|[A-Z])/);
  await lab.getByRole('img').click({ position: { x: 60, y: 100 } });
  await expect(app.verdict).toContainText('Patience 1 ');
});
