/** @file The doors of the page: addresses, history, what each keeps while another is open. */
import { expect, open, openLogs, test, trainToTheEnd } from './app.ts';

test('a run goes on behind another door, and is there on coming back', async ({ page }) => {
  const app = await open(page, 'replicas.count=8&training.epochs=2000&stopping.patience=3');
  await app.train.click();
  await expect(app.epoch).toHaveAttribute('aria-valuetext', /[1-9]/);
  const logs = await openLogs(app);
  await expect(page).toHaveURL(/#\/logs$/);
  await logs.getByRole('button', { name: /^Tumour classifier/ }).click();
  await expect(logs.getByRole('region', { name: 'Verdict' })).toContainText('Patience 3');
  await page.goBack();
  await expect(app.status).toContainText('Done in', { timeout: 100_000 });
  await expect(app.verdict).toContainText('Patience 3');
  await page.goForward();
  await expect(logs.getByRole('row', { name: /^seed 5/ })).toBeVisible();
});

test('a tool of the lab has an address, which brings it and its experiment', async ({ page }) => {
  await page.goto('#/workshop/why?v=1&replicas.count=4&training.epochs=40&stopping.patience=2');
  await expect(page.getByRole('tab', { name: 'Why' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('tabpanel', { name: 'Why' })).toBeInViewport();
  const app = await open(page, 'replicas.count=4&training.epochs=40&stopping.patience=2');
  await trainToTheEnd(app);
  const length = await page.evaluate(() => history.length);
  for (const name of ['Side by side', 'Why']) await page.getByRole('tab', { name }).click();
  await expect(page).toHaveURL(/#\/workshop\/why/);
  expect(await page.evaluate(() => history.length)).toBe(length);
  await expect(app.verdict).toContainText('Patience 2');
});

test('the door used last is opened where the address names none, and a wrong address is said', async ({ page }) => {
  const app = await open(page);
  await openLogs(app);
  await page.goto('about:blank');
  await page.goto('');
  await expect(page.getByRole('link', { name: 'Your logs' })).toHaveAttribute('aria-current', 'page');
  await page.goto('about:blank');
  await page.goto('#garbage');
  await expect(page.getByText('"#garbage"')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Your logs' })).toHaveAttribute('aria-current', 'page');
});

test('each door keeps how far it was scrolled', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const app = await open(page);
  await page.evaluate(() => scrollTo(0, 700));
  await openLogs(app);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  await page.getByRole('link', { name: 'Workshop' }).click();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(700);
});
