/** @file The policy landscape: other axes, other colours, chosen by click and by arrow keys, for Keras and for other rules. */
import type { Page } from '@playwright/test';
import { expect, open, test, trainToTheEnd } from './app.ts';

const FEW = 'replicas.count=4&training.epochs=40&stopping.patience=5';

const parts = (page: Page) => ({
  figure: page.getByRole('figure', { name: 'Policy landscape' }),
  pad: page.getByRole('slider', { name: /^Policy landscape/ }),
  colour: page.getByLabel('The colours of the policy landscape show'),
  x: page.getByLabel('Horizontal axis of the policy landscape'),
  y: page.getByLabel('Vertical axis of the policy landscape'),
});

test('every colour is named, keyed and tabled', async ({ page }) => {
  const app = await open(page, FEW);
  await trainToTheEnd(app);
  const { figure, pad, colour } = parts(page);
  for (const [label, says, best] of [
    ['regret', /: regret −?0\.\d+ ± /, true],
    ['bias²', /: bias² −?0\.\d+ ± /, true],
    ['variance', /: variance 0\.\d+ ± /, true],
    ['epochs', /: epochs \d+\.\d$/, false],
    ['compute saved', /: compute saved \d+ %$/, false],
    ['false stops', /: false stops \d+ % ± /, true],
    ['test error', /: test error 0\.\d+ ± /, true],
  ] as const) {
    await colour.selectOption(label);
    await expect(pad).toHaveAttribute('aria-valuetext', says);
    await expect(figure.locator('.l2')).toContainText(best ? 'best of this map' : 'here');
    await expect(figure).toContainText('equal compute');
  }
  await colour.selectOption('compute saved');
  await page.getByRole('button', { name: 'Policy landscape as a table' }).click();
  const table = page.getByRole('region', { name: 'Policy landscape, table' });
  await expect(table.getByRole('row').nth(1)).toContainText(/^0\.0001\s*\d+ %/);
  await expect(table.getByText(/best of this map/)).toBeHidden();
});

test('other numbers of the rule on the axes: arrow keys move along them, a click chooses both', async ({ page }) => {
  const app = await open(page, FEW);
  await trainToTheEnd(app);
  const { figure, pad, x, y } = parts(page);
  await x.selectOption('start from epoch');
  await expect(figure).toContainText('best + 1 se');
  await pad.focus();
  await page.keyboard.press('ArrowRight');
  await expect(pad).toHaveAttribute('aria-valuetext', /^start from epoch 1, min delta 0\.001: /);
  await y.selectOption('patience');
  await page.getByText('best + 1 se').waitFor();
  await pad.click({ position: { x: 4, y: 1 } });
  await expect(pad).toHaveAttribute('aria-valuetext', /^start from epoch 0, patience 100: /);
  await expect(app.patience).toHaveAttribute('aria-valuetext', '100 epochs');
  // What already stands on the other axis changes places with what is chosen.
  await x.selectOption('patience');
  await expect(y).toHaveValue('start_from_epoch');
  await pad.focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(app.patience).toHaveAttribute('aria-valuetext', '90 epochs');
});

test('another rule brings its own axes', async ({ page }) => {
  const policy = {
    any: [
      { rule: 'lightning', patience: 3 },
      { rule: 'budget', epochs: 30 },
    ],
  };
  const app = await open(page, `${FEW}&stopping.policy=${encodeURIComponent(JSON.stringify(policy))}`);
  await trainToTheEnd(app);
  const { figure, pad, x, y } = parts(page);
  await expect(figure).toContainText('best + 1 se');
  await expect(pad).toHaveAttribute(
    'aria-valuetext',
    /^PyTorch Lightning: patience 3, PyTorch Lightning: min delta 0: test error/,
  );
  await y.selectOption('Budget of epochs: epochs');
  await expect(figure).toContainText('best + 1 se');
  await pad.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await expect(pad).toHaveAttribute(
    'aria-valuetext',
    /^PyTorch Lightning: patience 40, Budget of epochs: epochs 34: test error/,
  );
  await expect(x).toHaveValue('any.0.patience');
  await parts(page).colour.selectOption('false stops');
  await expect(pad).toHaveAttribute(
    'aria-valuetext',
    /: false stops \d+ % ± \d+ %; (best of this map, in hindsight|in hindsight the best of this map)/,
  );
});
