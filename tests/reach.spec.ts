/** @file For everyone, everywhere: keyboard, phone, both themes, links, two tabs. */
import AxeBuilder from '@axe-core/playwright';
import { act, expect, open, row, save, test, trainToTheEnd } from './app.ts';

const FEW = 'replicas.count=4&training.epochs=40&stopping.patience=5';

test('by keyboard: handle, scrubber and landscape', async ({ page }) => {
  const app = await open(page, FEW);
  await trainToTheEnd(app);
  await page.getByRole('slider', { name: 'Patience', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(app.verdict).toContainText('Patience 6');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(app.verdict).toContainText('Patience 16');
  await page.getByRole('slider', { name: 'Learning curves, epoch' }).focus();
  await page.keyboard.press('Home');
  await expect(page.getByRole('radio', { name: 'at epoch 1' })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('radio', { name: 'as stopped' })).toBeChecked();
  await page.getByRole('slider', { name: /^Policy landscape/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowUp');
  await expect(app.verdict).toContainText('Patience 15');
  await expect(page.getByRole('slider', { name: 'min delta', exact: true })).toHaveAttribute(
    'aria-valuetext',
    '0.0012',
  );
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing in the way of a screen reader, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const app = await open(page, FEW);
    const check = async () => {
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
    };
    await check();
    await trainToTheEnd(app);
    await check();
  });
}

for (const [width, height] of [
  [390, 844],
  [1024, 768],
] as const) {
  test(`nothing scrolls sideways at ${width} x ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const { verdict } = await open(page, FEW);
    await page.getByRole('button', { name: 'Train' }).locator('visible=true').click();
    await expect(verdict).toContainText('Patience 5');
    await page.getByRole('slider', { name: 'patience', exact: true }).locator('visible=true').first().focus();
    await page.keyboard.press('ArrowRight');
    await expect(verdict).toContainText('Patience 6');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}

test('a link brings the settings back, and a bad one says what is wrong', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-write', 'clipboard-read']);
  await open(page, 'data.source=cubic&replicas.count=3');
  await page.getByRole('button', { name: 'Share' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByRole('complementary', { name: 'Settings' })).toContainText('3 ×');
  await page.goto('about:blank');
  await open(page, 'replicas.count=0');
  await expect(page.getByText(/replicas\.count: 0 must be a whole number from 1 to 256/)).toBeVisible();
});

test('a run kept in one tab appears in the other; what was deleted comes back', async ({ page, context }) => {
  const app = await open(page, 'replicas.count=2&training.epochs=5');
  const other = await open(await context.newPage(), 'replicas.count=2');
  await trainToTheEnd(app);
  await save(app, 'shared');
  await expect(row(other.checkpoints, 'shared')).toBeVisible();
  await act(other, 'shared', 'delete');
  await expect(row(app.checkpoints, 'shared')).toBeHidden();
  await other.page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(app.checkpoints, 'shared')).toBeVisible();
});
