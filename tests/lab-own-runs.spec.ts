/** @file The tools of the stopping lab on runs of the reader's own in the place of the tape, and back. */
import { expect, open, openLogs, openTool, test, trainToTheEnd } from './app.ts';

/** Eight runs that differ from each other and log validation and test accuracy, the one that ends first after 20 epochs. */
const EIGHT = JSON.stringify(
  Object.fromEntries(
    Array.from({ length: 8 }, (_, r) => {
      const epochs = Array.from({ length: 20 + 2 * r }, (_, e) => e);
      const accuracy = (e: number, shift: number) => 0.9 - 0.001 * (e - 8 - (r % 3)) ** 2 + shift * (e % 2);
      return [
        `seed ${r + 1}`,
        { val_accuracy: epochs.map((e) => accuracy(e, 0.01)), test_accuracy: epochs.map((e) => accuracy(e, 0)) },
      ];
    }),
  ),
);

test('all tools are about pasted runs, and about the tape again', async ({ page }) => {
  const app = await open(page, 'stopping.patience=2');
  let tab = await openLogs(app);
  await tab.getByRole('button', { name: 'try an example' }).click();

  // By hand: the runs stop after 8, 7 and 11 epochs, and only the first has a lower loss later on.
  tab = await openTool(app, 'False stops');
  await expect(tab.getByText('All tools of the lab are about 3 runs of your own')).toContainText(
    'judged by the validation loss, which the rules saw too',
  );
  await expect(tab.getByText('1 of 3 runs stop although')).toContainText('33 % ± 27 %');

  tab = await openTool(app, 'Error against compute');
  await expect(tab).toContainText('of the epochs of the longest run');
  await expect(tab.getByRole('img')).toContainText('validation loss at the stop');

  // (8 + 7 + 11) / (3 · 15) epochs; the mean loss is lowest after 10 epochs: (0.51 + 0.57 + 0.54) / 3.
  tab = await openTool(app, 'Side by side');
  const cells = tab.getByRole('row').nth(1).getByRole('cell');
  await expect(cells.first()).toHaveText('3 of 3');
  await expect(cells.last()).toHaveText(/^58\s%$/);
  await expect(tab.getByText('best common epoch, 10, which is 0.54')).toBeVisible();
  await expect(tab.getByRole('slider', { name: 'Side by side, epoch' })).toBeHidden();

  tab = await openTool(app, 'Why');
  await expect(tab.getByRole('group', { name: 'Run' })).toContainText('seed 1');
  await tab.getByRole('button', { name: 'next run' }).click();
  await expect(tab.getByRole('group', { name: 'Run' })).toContainText('seed 2');
  const steps = tab.getByRole('region', { name: 'Epoch by epoch' });
  await expect(steps.locator('tbody').getByRole('row')).toHaveCount(7);
  await steps.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(steps.locator('.pinned').getByRole('rowheader')).toHaveText('5');
  await tab.getByRole('button', { name: 'previous run' }).click();
  await expect(steps.locator('.pinned')).toHaveCount(0);

  tab = await openTool(app, 'Find a rule');
  await expect(tab).toContainText('3 runs are too few to find a rule on some');
  for (const name of ['Cost', 'Scores']) {
    await expect(await openTool(app, name)).toContainText('this tool is about the page’s tape only');
  }

  tab = await openTool(app, 'False stops');
  await tab.getByRole('button', { name: 'back to the page’s tape' }).click();
  await expect(tab).toContainText('Appears once something is trained');
  await tab.getByRole('button', { name: 'to these 3 runs of your own' }).click();
  await expect(tab).toContainText('1 of 3');
});

test('runs with a test metric are judged by it, beside a tape that stays as it is', async ({ page }) => {
  const app = await open(page, 'replicas.count=8&training.epochs=60&stopping.patience=3');
  await trainToTheEnd(app);
  let tab = await openLogs(app);
  await tab.getByRole('textbox', { name: 'Metric history' }).fill(EIGHT);
  await expect(tab.getByRole('row')).toHaveCount(9);

  // A rule that must be told which way is better is turned round with its metric.
  tab = await openTool(app, 'Side by side');
  await expect(tab).toContainText('judged by the test accuracy that the runs logged');
  await tab.getByRole('combobox', { name: 'Add a rule' }).selectOption({ label: 'PyTorch Lightning' });
  await expect(tab.getByRole('row', { name: /^PyTorch Lightning .*mode max, on validation accuracy/ })).toContainText(
    '8 of 8',
  );
  await expect(tab).toContainText('error is the test error rate of the weights kept');

  tab = await openTool(app, 'Find a rule');
  await expect(tab.getByText('On the 4 held-out runs')).toBeVisible();
  await expect(tab.getByRole('columnheader', { name: 'test error rate' })).toBeVisible();
  await expect(tab.getByRole('button', { name: 'use it on the page' })).toBeVisible();

  tab = await openTool(app, 'Why');
  await tab.getByRole('button', { name: 'previous run' }).click();
  await expect(tab.getByRole('group', { name: 'Run' })).toContainText('seed 8');
  await tab.getByRole('button', { name: 'back to the page’s tape' }).click();
  await expect(tab.getByText('Replica 1:')).toBeVisible();
  tab = await openTool(app, 'Side by side');
  await expect(tab.getByRole('slider', { name: 'Side by side, epoch' })).toBeVisible();
});

test('the landscape of pasted runs: every colour but those of predictions, and a click that sets the rule', async ({
  page,
}) => {
  const app = await open(page, 'stopping.patience=2');
  const tab = await openLogs(app);
  await tab.getByRole('button', { name: 'try an example' }).click();
  const figure = tab.getByRole('figure', { name: 'Landscape of your runs' });
  const pad = figure.getByRole('slider', { name: /^Landscape of your runs/ });
  const colour = figure.getByLabel('The colours of the landscape of your runs show');
  await expect(colour.getByRole('option')).toHaveText([
    'validation loss',
    'regret',
    'epochs',
    'compute saved',
    'false stops',
  ]);

  // By hand: patience 2 keeps 0.53, 0.54, 0.53; the best common epoch has (0.51 + 0.57 + 0.54) / 3.
  await expect(pad).toHaveAttribute(
    'aria-valuetext',
    /^patience 2, min delta 0\.001: validation loss 0\.533 ± 0\.003;/,
  );
  await colour.selectOption('regret');
  await expect(pad).toHaveAttribute('aria-valuetext', /: regret −0\.007 ± /);
  await colour.selectOption('epochs');
  await expect(pad).toHaveAttribute('aria-valuetext', /: epochs 8\.7$/);
  await colour.selectOption('compute saved');
  await expect(pad).toHaveAttribute('aria-valuetext', /: compute saved 42 %$/);
  await colour.selectOption('false stops');
  await expect(pad).toHaveAttribute('aria-valuetext', /: false stops 33 % ± 27 %; best in hindsight 0 %/);

  // The axis ends where patience could stop no run, and what is clicked is the rule of the page.
  await pad.click({ position: { x: 4, y: 4 } });
  await expect(tab.getByRole('textbox', { name: 'patience', exact: true })).toHaveValue('1');
  await pad.focus();
  await page.keyboard.press('End');
  await expect(pad).toHaveAttribute('aria-valuetext', /^patience 15, /);
  await expect(tab.getByRole('row', { name: /^seed 1 15 never/ })).toBeVisible();

  // Another rule has axes of its own here too, with what was set of this one; one that needs what was not logged has no landscape.
  for (const [name, value] of [
    ['patience', '3'],
    ['min delta', '0'],
  ] as const) {
    const field = tab.getByRole('textbox', { name, exact: true });
    await field.fill(value);
    await field.press('Enter');
  }
  await tab.getByRole('combobox', { name: 'rule', exact: true }).selectOption({ label: 'PyTorch Lightning' });
  await expect(pad).toHaveAttribute('aria-valuetext', /^patience 3, min delta 0: false stops \d+ %/);
  await tab.getByRole('textbox', { name: 'Metric history' }).fill(EIGHT);
  await expect(colour.getByRole('option').first()).toHaveText('test error rate');
  await expect(pad).toHaveAttribute('aria-valuetext', /^patience 3, min delta 0: false stops 0 %/);
  await tab.getByRole('combobox', { name: 'rule', exact: true }).selectOption({ label: 'Evidence in the gradient' });
  await expect(tab.getByRole('alert')).toContainText('The rule cannot watch validation accuracy');
  await expect(figure).toBeHidden();
});
