/** @file The door to the reader's own logs: bringing them, the rule and what it would have done, other rules, files. Long: every way in and out of one door. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { expect, test } from './app.ts';

/** Three runs. By hand, patience 2 stops them after 8, 7 and 11 epochs, and only the first is lower later: 0.51, not 0.53. */
const THREE = `epoch,seed 1,seed 2,seed 3
0,0.92,0.95,0.9
1,0.71,0.76,0.74
2,0.6,0.63,0.61
3,0.55,0.57,0.56
4,0.56,0.54,0.57
5,0.53,0.55,0.55
6,0.54,0.56,0.54
7,0.55,0.55,0.56
8,0.545,0.56,0.53
9,0.51,0.57,0.54
10,0.52,0.58,0.55
11,0.53,0.6,0.56
12,0.56,0.61,0.58
13,0.58,0.63,0.59
14,0.61,0.66,0.62`;

interface Door {
  page: Page;
  field: Locator;
  verdict: Locator;
  runs: Locator;
  patience: Locator;
}

async function openDoor(page: Page): Promise<Door> {
  await page.goto('#/logs');
  return {
    page,
    field: page.getByRole('textbox', { name: 'Metric histories' }),
    verdict: page.getByRole('region', { name: 'Verdict' }),
    runs: page.getByRole('region', { name: 'Runs, table' }),
    patience: page.getByRole('textbox', { name: 'patience', exact: true }),
  };
}

async function read({ page, field }: Door, text: string): Promise<void> {
  await field.fill(text);
  await page.getByRole('button', { name: 'Read', exact: true }).click();
}

async function setTo(field: Locator, value: string): Promise<void> {
  await field.fill(value);
  await field.press('Enter');
}

test('pasted runs: the rule, its verdict, every run, and honest words for few of them', async ({ page }) => {
  const door = await openDoor(page);
  await expect(page.getByRole('button', { name: 'Export' })).toHaveCount(0);
  await read(door, THREE);
  await setTo(door.patience, '2');
  await expect(door.verdict).toContainText('Patience 2 stops 1 of 3 runs before their best, after 9 of 15 epochs');
  // (0.02 + 0 + 0) / 3, and the standard error of these three.
  await expect(door.verdict).toContainText('What it keeps lies 0.007 ± 0.007 above the best of each run');
  await expect(door.verdict).toContainText('Three runs: a difference has to pass 4.3 standard errors, not 2');
  await expect(door.verdict).toContainText('Values are those the rule has seen');
  await expect(door.runs.getByRole('row', { name: 'seed 1' }).getByRole('cell')).toHaveText([
    '15',
    '10',
    '8',
    '6',
    '0.5300',
    '+0.0200',
  ]);
  await expect(door.runs.getByRole('row', { name: 'seed 3' }).getByRole('cell')).toHaveText([
    '15',
    '9',
    '11',
    '9',
    '0.5300',
    '0',
  ]);
  await expect(page.getByRole('region', { name: 'False stops' })).toContainText('1 of 3 stop is false');
  await expect(page.getByRole('slider', { name: /^Landscape/ })).toHaveAttribute(
    'aria-valuetext',
    /^patience 2, min delta 0: .*0\.533 ± 0\.003/,
  );
  await expect(page.getByLabel('The rule as code for Keras 3')).toContainText('patience=2');

  // Another run is looked at from the table, and explained.
  await door.runs.getByRole('button', { name: 'seed 2' }).click();
  await expect(page.getByRole('region', { name: 'Why', exact: true })).toContainText('best value 0.54 at epoch 5');
});

test('a rule is previewed, taken, and copied to the workshop and back', async ({ page }) => {
  const door = await openDoor(page);
  await read(door, THREE);
  await setTo(door.patience, '1');
  const others = page.getByRole('region', { name: 'Another rule' });
  const gl = others.getByRole('button', { name: 'GL 20 %' });
  await gl.hover();
  await expect(page.getByRole('region', { name: 'Curves', exact: true })).toContainText('with GL 20 %');
  await gl.click();
  await expect(door.verdict).toContainText('GL 20 %');
  await page.getByRole('combobox', { name: 'rule', exact: true }).selectOption({ label: 'PyTorch Lightning' });
  await expect(door.verdict).toContainText('PyTorch Lightning');
  await page.getByRole('button', { name: 'Use in the workshop' }).click();
  await page.getByRole('link', { name: 'Workshop' }).click();
  await expect(page.getByRole('combobox', { name: 'rule', exact: true })).toHaveValue('lightning');
  // What is changed there stays there.
  await page.getByRole('combobox', { name: 'rule', exact: true }).selectOption({ label: 'LightGBM' });
  await page.getByRole('link', { name: 'Your logs' }).click();
  await expect(door.verdict).toContainText('PyTorch Lightning');
  await page.getByRole('button', { name: 'Take the workshop’s' }).click();
  await expect(door.verdict).toContainText('LightGBM');
});

test('what cannot be read stays in the field, and runs already read stay', async ({ page }) => {
  const door = await openDoor(page);
  await read(door, '[0.9, "low"]');
  const alert = page.getByRole('alert');
  await expect(alert).toHaveText(/^Not read\. .*value 2: "low" must be a number/);
  await expect(door.field).toHaveValue('[0.9, "low"]');
  await expect(door.field).toBeFocused();
  await expect(door.field).toHaveAttribute('aria-invalid', 'true');
  await read(door, THREE);
  await expect(door.verdict).toContainText('Patience 3');
  await page.getByRole('button', { name: 'Change' }).click();
  await read(door, 'a,b\n1,2,3');
  await expect(alert).toContainText('row 1');
  await expect(door.field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(door.runs.getByRole('row', { name: 'seed 3' })).toBeVisible();
});

test('several files, a dropped one, and one run of which nothing is claimed', async ({ page }) => {
  const door = await openDoor(page);
  const csv = (values: number[]) =>
    Buffer.from(`epoch,val_loss\n${values.map((value, epoch) => `${epoch},${value}`).join('\n')}\n`);
  await page.getByLabel('Files with metric histories').setInputFiles([
    { name: 'a.csv', mimeType: 'text/csv', buffer: csv([3, 2, 1, 2, 3]) },
    { name: 'b.csv', mimeType: 'text/csv', buffer: csv([3, 1, 2, 3]) },
  ]);
  await expect(door.runs.getByRole('row', { name: 'a', exact: false }).nth(1)).toBeVisible();
  await expect(door.verdict).toContainText('Two runs');
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['epoch,val_loss\n0,3\n1,2\n2,4\n3,5\n4,1\n'], 'one.csv', { type: 'text/csv' }));
    return transfer;
  });
  await page.dispatchEvent('main', 'drop', { dataTransfer: data });
  await expect(door.verdict).toContainText('One run says nothing about the next one.');
  await setTo(door.patience, '2');
  await expect(door.verdict).toContainText('Patience 2 stops at epoch 4 and keeps epoch 2; its best is 5.');
  await expect(door.verdict).not.toContainText('±');
  await expect(page.getByRole('region', { name: 'Another rule' })).toBeHidden();
  await expect(page.getByRole('region', { name: 'Find a rule' })).toContainText('1 run is too few');
});

test('another metric, whose direction has to be said, and another judge', async ({ page }) => {
  const door = await openDoor(page);
  await read(door, 'epoch,val_loss,val_foo\n0,3,0.1\n1,2,0.3\n2,1,0.2\n3,2,0.2\n4,3,0.4\n');
  await page.getByRole('combobox', { name: 'watches' }).selectOption({ label: 'val_foo' });
  await expect(door.verdict).toContainText('Is less or more of val_foo better?');
  await door.verdict.getByRole('button', { name: 'More is better' }).click();
  await setTo(door.patience, '2');
  await expect(door.verdict).toContainText('stops at epoch 4 and keeps epoch 2; its best is 5');
  await page.getByRole('combobox', { name: 'judged by' }).selectOption({ label: 'val_loss' });
  await expect(door.verdict).toContainText('its best is 3');
  await expect(door.runs.getByRole('row').nth(1).getByRole('cell')).toHaveText([
    '5',
    '3',
    '4',
    '2',
    '2.0000',
    '+1.0000',
  ]);
});

test('finds a rule on runs that took no part in the choice, and takes the table and the report away', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const door = await openDoor(page);
  await page.getByRole('button', { name: /^Tumour classifier/ }).click();
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Find a rule' }).click();
  const find = page.getByRole('region', { name: 'Find a rule' });
  await expect(find.getByRole('heading')).toBeFocused();
  await expect(find).toContainText(/On all 5 runs, .* is best at this price\..*from five runs\./, { timeout: 30_000 });
  await find.getByRole('button', { name: 'Take this rule' }).click();
  await expect(door.verdict).not.toContainText('Patience 3 ');

  const menu = page.getByRole('banner').locator('summary[aria-label="Export"]').locator('visible=true');
  await menu.click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Table (CSV)' }).click();
  const table = readFileSync(await (await downloading).path(), 'utf8')
    .trim()
    .split('\n');
  expect(table[0]).toBe('run,evaluations,best_at,stops_at,keeps,value_kept,against_best,seconds_saved');
  expect(table).toHaveLength(6);
  await menu.click();
  await page.getByRole('button', { name: 'Copy the report (Markdown)' }).click();
  await expect(page.getByText('The report was copied.')).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toMatch(/^## .* on Tumour classifier\n\n5 runs, 80 epochs, val_loss, less is better\./);
  expect(report.match(/^\| seed \d/gm)).toHaveLength(5);
});

test('kept in this browser where that is ticked, and forgotten where it is not', async ({ page }) => {
  const door = await openDoor(page);
  await read(door, THREE);
  await expect(door.verdict).toContainText('Patience 3');
  await page.reload();
  await expect(door.field).toBeVisible();
  await read(door, THREE);
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('checkbox', { name: 'Keep in this browser' }).check();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => page.evaluate(() => localStorage.getItem('patience-logs-kept'))).toBe('yes');
  await page.reload();
  await expect(door.runs.getByRole('row', { name: 'seed 3' })).toBeVisible();
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.reload();
  await expect(door.field).toBeVisible();
});

test('five hundred runs: a histogram of stops, and only the rows in view', async ({ page }) => {
  const door = await openDoor(page);
  const runs = Array.from({ length: 500 }, (_, r) =>
    Array.from({ length: 60 }, (_, e) =>
      Number((1 / (e + 1) + 0.0005 * (e - (r % 40)) ** 2 + 0.01 * ((e * 7 + r) % 5)).toFixed(4)),
    ),
  );
  await read(door, JSON.stringify(runs));
  await expect(door.verdict).toContainText('of 500');
  expect(await door.runs.getByRole('row').count()).toBeLessThan(60);
  await door.runs.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(door.runs.getByRole('row', { name: 'run 500' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing in the way of a screen reader, and nothing sideways on a phone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const door = await openDoor(page);
    const check = async () => {
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
    };
    await expect(page.getByRole('button', { name: /^Tumour classifier/ })).toBeVisible();
    await check();
    await page.getByRole('button', { name: /^Tumour classifier/ }).click();
    await expect(door.verdict).toContainText('Patience 3');
    await check();
    await page.setViewportSize({ width: 390, height: 844 });
    await check();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
}
