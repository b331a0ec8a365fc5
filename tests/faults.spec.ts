/**
 * @file What goes wrong around a run, as it was found: the device is lost, the code of a part does not come, the run is
 * saved, reset and changed at the same time, the browser lacks something. Each ends in words and with the run still there.
 */
import type { Page } from '@playwright/test';
import { chooseBackend, expect, load, open, row, save, takeFile, test, trainToTheEnd, type App } from './app.ts';

const FEW = 'replicas.count=2&training.epochs=5';

/** A page that complains as it should where something is made to fail. */
const loud = test.extend({ quiet: ({ context: _ }, use) => use() });

async function pressSave({ checkpoints }: App): Promise<void> {
  await checkpoints.getByRole('button', { name: 'Save this run' }).click();
  await checkpoints.getByRole('button', { name: 'save', exact: true }).click();
}

const rail = (page: Page) => page.getByRole('complementary', { name: 'Settings' });

async function setEpochs(page: Page, epochs: number): Promise<void> {
  const training = rail(page)
    .locator('details')
    .filter({ has: page.getByRole('heading', { name: 'Training' }) });
  if ((await training.getAttribute('open')) === null) await training.locator('summary').click();
  await training.getByRole('textbox', { name: 'epochs', exact: true }).fill(String(epochs));
  await page.keyboard.press('Enter');
}

const recorded = async ({ epoch }: App) => Number(await epoch.first().getAttribute('max'));

test('01: a finished run whose device is lost is saved and exported', async ({ page, browser }) => {
  const app = await open(page, FEW);
  await chooseBackend(app, 'WebGPU');
  await trainToTheEnd(app);
  const devtools = await browser.newBrowserCDPSession();
  await devtools.send('Browser.crashGpuProcess');
  await page.waitForTimeout(500);
  await save(app, 'without a device');
  expect((await takeFile(app, /^Model \(TensorFlow/)).length).toBeGreaterThan(500);
  await expect(app.status).toContainText('Done in');
});

for (const [what, script] of [
  ['an engine', /engine-entry-.*\.js/],
  // What the entry loads.
  ['the code of an engine', /\/engine-(?!entry)[^/]*\.js/],
] as const) {
  loud(`02: ${what} that cannot be loaded is asked for a few times, then when Train is pressed`, async ({ page }) => {
    let requests = 0;
    let reachable = false;
    await page.route(script, (route) => {
      requests += 1;
      return reachable ? route.continue() : route.fulfill({ status: 404, body: '' });
    });
    const app = await open(page, FEW);
    await expect(app.status).toContainText('could not be loaded', { timeout: 30_000 });
    await expect(app.status).toContainText('Press Train to try again');
    expect(requests).toBe(4);
    await page.waitForTimeout(3000);
    expect(requests).toBe(4);
    reachable = true;
    await trainToTheEnd(app);
  });
}

for (const [number, planned, changed] of [
  ['03', 900, 1800],
  ['14', 900, 40],
] as const) {
  test(`${number}: a save while it trains goes on to the run's own epochs, not to those of the settings`, async ({
    page,
  }) => {
    const app = await open(page, `replicas.count=8&data.source=moons&training.epochs=${planned}`);
    await chooseBackend(app, 'WASM');
    await app.train.click();
    await expect(app.status).toContainText(/Training: epoch [1-9]/);
    await setEpochs(page, changed);
    await save(app, 'on the way');
    // More epochs than the run has make it go on, fewer ask for another run.
    await expect(app.status).toContainText(/Done in|Settings changed/, { timeout: 90_000 });
    expect(await recorded(app)).toBe(planned);
    await save(app, 'at the end');
  });
}

test('04: whatever was asked of a run that is replaced at once, the maps of the next one come', async ({ page }) => {
  const app = await open(page, `data.source=moons&replicas.count=3&training.epochs=20`);
  await trainToTheEnd(app);
  await save(app, 'first');
  await save(app, 'second');
  await page.reload();
  for (const name of ['first', 'second']) await load(app, name);
  await page.getByRole('button', { name: 'Reset' }).click();
  await trainToTheEnd(app);
  const learned = page.getByRole('figure', { name: 'What they learned' });
  const map = learned.getByRole('img', { name: /Shown large/ }).locator('canvas');
  // Without its values only the frame and the points are drawn.
  const coloured = () =>
    map.evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((alpha, i) => i % 4 === 3 && alpha === 255).length / (data.length / 4);
    });
  await expect.poll(coloured, { timeout: 20_000 }).toBeGreaterThan(0.5);
});

test('05, 06: a reset while it is being saved leaves a page on which everything can go on', async ({ page }) => {
  const app = await open(page, 'replicas.count=16&training.epochs=4000');
  await app.train.click();
  await expect(app.status).toContainText(/Training: epoch [1-9]/);
  await pressSave(app);
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(app.status).toContainText('Nothing trained yet.');
  await page.waitForTimeout(1000);
  await expect(app.status).toContainText('Nothing trained yet.');
  await expect(app.checkpoints.getByRole('button', { name: 'Save this run' })).toBeEnabled();
  await expect(app.checkpoints.getByTitle('on screen', { exact: true })).toHaveCount(0);
  await setEpochs(page, 5);
  await trainToTheEnd(app);
});

loud('07: a finished run is saved and exported also when the server has nothing any more', async ({ page }) => {
  const app = await open(page, FEW);
  await trainToTheEnd(app);
  await page.waitForLoadState('networkidle');
  await page.route('**/*', (route) => route.abort());
  await save(app, 'without a line');
  for (const label of [/^Model \(TensorFlow/, /^Curves/, /^Outcome/, /^Experiment/]) {
    expect((await takeFile(app, label)).length).toBeGreaterThan(100);
  }
});

loud('07: backends whose code the server has no more are told as that, and Train tries again', async ({ page }) => {
  const route = /\/assets\/(webgpu|wasm|cpu)-[^/]*\.js/;
  await page.route(route, (route) => route.fulfill({ status: 404, body: '' }));
  const app = await open(page, FEW);
  await app.train.click();
  await expect(app.status).toContainText('its code could not be loaded. The connection may be down', {
    timeout: 30_000,
  });
  await expect(app.status).not.toContainText('No backend can run this experiment');
  await page.unroute(route);
  await trainToTheEnd(app);
});

loud('07: the lab comes once the line is back, and the run is still there', async ({ page }) => {
  const app = await open(page, FEW);
  await trainToTheEnd(app);
  const route = /\/assets\/Lab-[^/]*\.(js|css)/;
  await page.route(route, (route) => route.abort());
  const tool = (name: string) => page.getByRole('tab', { name, exact: true });
  await tool('Why').click();
  await expect(page.getByRole('status').filter({ hasText: 'could not be loaded' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.unroute(route);
  await tool('Cost').click();
  const table = page.getByRole('tabpanel', { name: 'Cost' }).getByRole('table').first();
  await expect(table).toHaveCSS('border-collapse', 'collapse');
  await expect(app.status).toContainText('Done in');
});

loud('07: a page whose own code the server has no more says so', async ({ page }) => {
  await page.route(/\/assets\/index-[^/]*\.js/, (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto('');
  await expect(page.getByText('This page could not be loaded')).toBeVisible();
});

test('09: Undo stays until it has worked', async ({ page, baseURL }) => {
  const app = await open(page, FEW);
  await trainToTheEnd(app);
  await save(app, 'dear');
  // What the disk does when it is full, at the next write but one.
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    let full = true;
    Object.assign(globalThis, { emptyTheDisk: () => (full = false) });
    IDBObjectStore.prototype.put = function (...values) {
      if (full) throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, values);
    };
  });
  expect(baseURL).toBeTruthy();
  await row(app.checkpoints, 'dear').locator('summary').click();
  await row(app.checkpoints, 'dear').getByRole('button', { name: 'delete' }).click();
  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.click();
  await expect(page.getByRole('status').filter({ hasText: 'could not be brought back' })).toContainText(
    'no more storage',
  );
  await page.evaluate(() => (globalThis as unknown as { emptyTheDisk(): void }).emptyTheDisk());
  await undo.click();
  await expect(row(app.checkpoints, 'dear')).toBeVisible();
});

test('13: over plain http a run is saved, and the link is shown to be copied', async ({ page }) => {
  // What a page that did not come over https lacks.
  await page.addInitScript(() => {
    Object.defineProperty(crypto, 'randomUUID', { value: undefined });
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  const app = await open(page, FEW);
  await trainToTheEnd(app);
  await save(app, 'plain');
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('textbox', { name: 'Text to copy' })).toHaveValue(/#\/workshop\?v=\d+&/);
});

test('15: a notice with a long value is cut, and its × stays in reach', async ({ page }) => {
  await open(page, `data.source=${'A'.repeat(100_000)}`);
  const dismiss = page.getByRole('button', { name: 'Dismiss' });
  const notice = page.getByRole('status').filter({ has: dismiss });
  await expect(notice).toContainText('The link could not be read');
  expect((await notice.innerText()).length).toBeLessThan(800);
  await dismiss.click();
  await expect(dismiss).toHaveCount(0);
});

test('20: a run that was just resumed on a fresh page can be saved at once', async ({ page }) => {
  const app = await open(page, FEW);
  await trainToTheEnd(app);
  await save(app, 'kept');
  await page.reload();
  await load(app, 'kept');
  await save(app, 'kept again');
});

test('20: a browser without workers is told in a sentence', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'));
  const app = await open(page, FEW);
  await expect(app.status).toContainText('this browser has no web workers; use a current Chrome');
});

test('20: a storage that never answers is said, and the run stays', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => ({}) as IDBOpenDBRequest;
  });
  const app = await open(page, FEW);
  await trainToTheEnd(app);
  await pressSave(app);
  await expect(app.checkpoints).toContainText('has not answered for 20 s', { timeout: 45_000 });
  await expect(app.checkpoints.getByRole('button', { name: 'Save this run' })).toBeEnabled({ timeout: 30_000 });
  await expect(app.status).toContainText('Done in');
});
