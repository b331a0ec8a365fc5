/** @file What goes wrong in real life: a record is damaged or newer, the disk is full, the graphics device is lost. */
import type { Page } from '@playwright/test';
import { chooseBackend, expect, load, open, row, save, test, trainToTheEnd } from './app.ts';

const FEW = 'replicas.count=2&training.epochs=5';

/** Changes fields of the stored metadata of the checkpoint with this name. */
function tamper(page: Page, name: string, fields: Record<string, unknown>): Promise<void> {
  return page.evaluate(
    ([name, fields]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('patience-checkpoints');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('records', 'readwrite');
          const store = transaction.objectStore('records');
          const cursor = store.openCursor();
          cursor.onsuccess = () => {
            if (!cursor.result) return;
            if ((cursor.result.value as { name?: string }).name === name)
              cursor.result.update({ ...cursor.result.value, ...fields });
            cursor.result.continue();
          };
          transaction.oncomplete = () => resolve(opening.result.close());
          transaction.onabort = () => reject(transaction.error!);
        };
      }),
    [name, fields] as const,
  );
}

test('a damaged and a newer record are reported and left alone, the others load', async ({ page }) => {
  const app = await open(page, FEW);
  await trainToTheEnd(app);
  for (const name of ['sound', 'damaged', 'newer']) await save(app, name);
  await tamper(page, 'damaged', { epochs: 'many' });
  await tamper(page, 'newer', { schema: 99 });
  await page.goto('about:blank');
  const again = await open(page);
  await expect(row(again.checkpoints, 'sound')).toBeVisible();
  await expect(again.checkpoints).toContainText(/epochs/);
  await expect(again.checkpoints).toContainText(/newer/);
  await expect(again.checkpoints.locator('details')).toHaveCount(1);
  await load(again, 'sound');
  await expect(again.verdict).toContainText('Patience 20');
  // Mended by hand, they are back: nothing had been written over.
  await tamper(page, 'damaged', { epochs: 5 });
  await page.reload();
  await expect(row(again.checkpoints, 'damaged')).toBeVisible();
});

test('a full disk is said, the run stays, and the next save with room works', async ({ page, baseURL }) => {
  const app = await open(page, FEW);
  await trainToTheEnd(app);
  const devtools = await page.context().newCDPSession(page);
  const { origin } = new URL(baseURL!);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
  await app.checkpoints.getByRole('button', { name: 'Save this run' }).click();
  await app.checkpoints.getByRole('button', { name: 'save', exact: true }).click();
  await expect(app.checkpoints).toContainText('grants this page no more storage');
  await expect(app.status).toContainText('Done in');
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await save(app, 'with room');
});

test('a lost graphics device is said, what was recorded stays, and another engine goes on', async ({
  page,
  browser,
}) => {
  const app = await open(page, 'replicas.count=2&training.epochs=10000');
  await chooseBackend(app, 'WebGPU');
  await app.train.click();
  await expect(app.status).toContainText(/Training: epoch [1-9]/, { timeout: 90_000 });
  const devtools = await browser.newBrowserCDPSession();
  await devtools.send('Browser.crashGpuProcess');
  await expect(app.status).toContainText('The graphics device was lost');
  await expect(app.verdict).toContainText('Patience 20');
  await expect(app.status).toContainText(/Training: epoch [1-9]/, { timeout: 90_000 });
});
