/** @file The stopping lab holds several rules against each other on one tape: chosen, set, pasted, and sorted. */
import { expect, open, test, trainToTheEnd, type App } from './app.ts';

async function openTab({ page }: App) {
  await page.getByRole('tab', { name: 'Side by side' }).click();
  return page.getByRole('tabpanel', { name: 'Side by side' });
}

test('rules are added, set and taken out, and each has its row of outcomes', async ({ page }) => {
  const app = await open(page, 'replicas.count=8&training.epochs=60&stopping.patience=2');
  const tab = await openTab(app);
  await expect(tab).toContainText('Appears once something is trained and no training is running');
  await expect(tab.getByRole('listitem')).toHaveCount(4);
  await trainToTheEnd(app);

  const rows = tab.getByRole('row');
  await expect(rows).toHaveCount(5);
  // The first row follows the page: a patience that 60 epochs cannot use up stops nothing and spends everything.
  await expect(rows.nth(1)).toContainText(/This page: Keras 3.*patience 2,/);
  await app.patience.focus();
  await page.keyboard.press('End');
  await expect(rows.nth(1).getByRole('cell').first()).toHaveText('0 of 8');
  await expect(rows.nth(1).getByRole('cell').nth(1)).toHaveText('–');
  await expect(rows.nth(1).getByRole('cell').last()).toHaveText(/^100\s%$/);

  // A budget says what its row must be.
  await tab.getByRole('combobox', { name: 'Add a rule' }).selectOption({ label: 'Budget of epochs' });
  const budget = tab.getByRole('listitem').filter({ hasText: 'Budget of epochs' });
  await expect(rows.nth(5).getByRole('cell').first()).toHaveText('0 of 8');
  await budget.locator('summary').click();
  const epochs = budget.getByRole('textbox', { name: 'epochs' });
  await epochs.fill('15');
  await epochs.press('Enter');
  const cells = rows.nth(5).getByRole('cell');
  await expect(cells.nth(0)).toHaveText('8 of 8');
  await expect(cells.nth(1)).toHaveText(/^15\s±\s0$/);
  await expect(cells.nth(2)).toHaveText(/^\d\.\d+\s±\s\d\.\d+$/);
  await expect(cells.nth(4)).toHaveText(/^15\s±\s0$/);
  await expect(cells.nth(5)).toHaveText(/^25\s%$/);
  await expect(
    tab.getByRole('img', { name: /Budget of epochs .*stops 8 of 8 replicas, at 15 on average/ }),
  ).toBeVisible();

  // What is refused stays in its field with the remedy, and the rule as it was.
  await epochs.fill('-3');
  await epochs.press('Enter');
  await expect(budget.getByRole('alert')).toHaveText('must be a whole number from 1 to 1000000');
  await expect(epochs).toHaveValue('-3');
  await expect(cells.nth(1)).toHaveText(/^15\s±\s0$/);

  // This tape is a regression.
  await budget.getByRole('combobox', { name: 'monitor' }).selectOption('validation-accuracy');
  await expect(cells.first()).toHaveText(
    /this tape has no validation-accuracy; watch validation-loss or training-loss/,
  );

  await tab.getByRole('button', { name: /^take out Budget/ }).click();
  await expect(rows).toHaveCount(5);
});

test('the table sorts by a click or a key on its heads, and back', async ({ page }) => {
  const app = await open(page, 'replicas.count=8&training.epochs=60&stopping.patience=40');
  const tab = await openTab(app);
  await trainToTheEnd(app);
  const names = () => tab.getByRole('rowheader').allInnerTexts();
  await expect(tab.getByRole('rowheader')).toHaveCount(4);
  const listed = await names();
  const compute = async () => {
    const cells = await tab
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => row.lastElementChild!.textContent));
    return cells.map((text) => parseFloat(text));
  };
  const head = tab.getByRole('columnheader', { name: 'compute' });

  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  const rising = await compute();
  expect(rising).toEqual([...rising].sort((a, b) => a - b));
  expect(new Set(rising).size).toBeGreaterThan(1);

  await head.getByRole('button').press('Enter');
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  expect(await compute()).toEqual([...rising].reverse());

  await page.keyboard.press('Space');
  await expect(head).not.toHaveAttribute('aria-sort');
  expect(await names()).toEqual(listed);
});

test('a policy is pasted, refused with its remedy, and six rules are enough', async ({ page }) => {
  const app = await open(page, 'replicas.count=4&training.epochs=30');
  const tab = await openTab(app);
  await trainToTheEnd(app);
  await tab.getByRole('button', { name: 'paste a policy' }).click();
  const text = tab.getByRole('textbox', { name: 'Policy as JSON' });
  await text.fill('{"any": [{"rule": "keras", "patience": -1}]}');
  await tab.getByRole('button', { name: 'add it' }).click();
  await expect(tab.getByRole('alert')).toHaveText('policy.any.0.patience: -1 must be a whole number, 0 or more');

  await text.fill('{"any": [{"rule": "budget", "epochs": 12}, {"rule": "budget", "epochs": 6}]}');
  await tab.getByRole('button', { name: 'add it' }).click();
  const row = tab.getByRole('row', { name: /^Any of Budget of epochs/ });
  await expect(row.getByRole('cell').nth(1)).toHaveText(/^6\s±\s0$/);

  // It is edited where it stands.
  const group = tab.getByRole('listitem').filter({ hasText: 'Any of' });
  await group.locator('summary').first().click();
  await group.getByRole('combobox', { name: 'stop when' }).selectOption('all');
  await expect(
    tab
      .getByRole('row', { name: /^All of/ })
      .getByRole('cell')
      .nth(1),
  ).toHaveText(/^12\s±\s0$/);

  await tab.getByRole('combobox', { name: 'Add a rule' }).selectOption({ label: 'fastai' });
  await expect(tab.getByRole('row')).toHaveCount(7);
  await expect(tab.getByRole('combobox', { name: 'Add a rule' })).toBeHidden();

  // The rules stay while the reader looks elsewhere.
  await page.getByRole('tab', { name: 'Why' }).click();
  await page.getByRole('tab', { name: 'Side by side' }).click();
  await expect(tab.getByRole('row')).toHaveCount(7);
});
