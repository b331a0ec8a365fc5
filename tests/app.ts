/** @file How the end-to-end tests reach the page: by the names that a screen reader hears. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page, test as base } from '@playwright/test';

/** Fails on whatever the page complains about. */
export const test = base.extend<{ quiet: void }>({
  quiet: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      context.on('weberror', (error) => complaints.push(String(error.error().stack)));
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await use();
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export interface App {
  page: Page;
  train: Locator;
  status: Locator;
  verdict: Locator;
  patience: Locator;
  outcome: Locator;
  checkpoints: Locator;
  /** The epochs recorded, as the transport shows them. */
  epoch: Locator;
}

/** Opens the page with an experiment in its address, e.g. `replicas.count=4&training.epochs=20`. */
export async function open(page: Page, settings = ''): Promise<App> {
  await page.goto(settings ? `#v=1&${settings}` : '#/workshop');
  await expect(page.getByRole('heading', { name: 'Patience' })).toBeVisible();
  return {
    page,
    train: page.getByRole('group', { name: 'Training' }).getByRole('button').first(),
    status: page.getByRole('main').locator('.t-status'),
    verdict: page.getByRole('region', { name: 'Verdict', exact: true }),
    patience: page
      .getByRole('complementary', { name: 'Settings' })
      .getByRole('slider', { name: 'patience', exact: true }),
    outcome: page.getByRole('region', { name: 'Outcome' }),
    checkpoints: page.getByRole('region', { name: 'Checkpoints' }),
    epoch: page.getByRole('slider', { name: 'epoch', exact: true }),
  };
}

/** Opens a tool of the stopping lab, and returns its panel. */
export async function openTool({ page }: App, name: string): Promise<Locator> {
  await page.getByRole('link', { name: 'Workshop' }).click();
  await page.getByRole('tab', { name }).click();
  return page.getByRole('tabpanel', { name });
}

/** Opens the door to the reader's own logs. */
export async function openLogs({ page }: App): Promise<Locator> {
  await page.getByRole('link', { name: 'Your logs' }).click();
  return page.getByRole('main');
}

export async function chooseBackend({ page }: App, backend: 'WebGPU' | 'WASM' | 'CPU'): Promise<void> {
  const device = page.getByRole('banner').locator('summary').locator('visible=true').last();
  await device.click();
  await page.getByRole('radio', { name: backend }).locator('visible=true').check();
  await device.click();
}

/** Trains to the end. */
export async function trainToTheEnd({ train, status }: App): Promise<void> {
  await train.click();
  await expect(status).toContainText('Done in', { timeout: 100_000 });
}

/** Keeps the run on screen under a name. */
export async function save({ checkpoints }: App, name: string): Promise<void> {
  await checkpoints.getByRole('button', { name: 'Save this run' }).click();
  await checkpoints.getByRole('textbox', { name: 'Name of the checkpoint' }).fill(name);
  await checkpoints.getByRole('button', { name: 'save', exact: true }).click();
  await expect(row(checkpoints, name)).toBeVisible();
}

/** Opens a kept run's line, if it is not open, and presses one of its verbs. */
export async function act({ checkpoints }: App, name: string, verb: string): Promise<void> {
  const line = row(checkpoints, name);
  if ((await line.getAttribute('open')) === null) await line.locator('summary').click();
  await line.getByRole('button', { name: verb }).click();
}

/** The line of a kept run. */
export function row(checkpoints: Locator, name: string): Locator {
  return checkpoints.locator('details').filter({ hasText: name });
}

/** Puts a kept run back on screen. */
export async function load(app: App, name: string): Promise<void> {
  await act(app, name, 'resume');
  await expect(row(app.checkpoints, name)).toContainText('on screen');
}

/** Takes a file away through the Export menu. */
export async function takeFile({ page }: App, label: RegExp): Promise<Buffer> {
  const menu = page.getByRole('banner').locator('details:has(> summary[aria-label="Export"])');
  await menu.locator('> summary').click();
  const downloading = page.waitForEvent('download');
  await menu.getByRole('button', { name: label }).click();
  const bytes = readFileSync(await (await downloading).path());
  if (await menu.getAttribute('open').then((is) => is !== null)) await menu.locator('> summary').click();
  return bytes;
}
