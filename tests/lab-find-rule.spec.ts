/** @file The stopping lab finds a rule on half of the replicas and says on the other half whether it is any better. */
import { expect, open, test, trainToTheEnd } from './app.ts';

test('a rule is found and compared with Keras', async ({ page }) => {
  const app = await open(page, 'replicas.count=16&training.epochs=120&stopping.patience=3');
  await page.getByRole('tab', { name: 'Find a rule' }).click();
  const tab = page.getByRole('tabpanel', { name: 'Find a rule' });
  await expect(tab).toHaveText(/^Appears once something is trained and no training is running/);
  await trainToTheEnd(app);

  const rows = tab.getByRole('row');
  await expect(rows).toHaveCount(5);
  await expect(rows.nth(2)).toContainText(/Keras 3, patience 5, min delta 0\s*0\.\d+\s±\s0\.\d+/);
  await expect(tab).toContainText(/On the 8 held-out replicas .*Keras with patience/);
  // Each rival is either told apart from the found rule or not, and the words say which.
  await expect(tab).toContainText(/not significant: 8 replicas cannot tell them apart|significantly|comes to exactly/);

  // Where 100 epochs are worth a whole unit of error, nothing that trains as long as patience 20 does can win.
  const lambda = tab.getByRole('slider', { name: 'λ, what 100 epochs are worth' });
  const epochs = async (row: number) => Number(await rows.nth(row).getByRole('cell').nth(1).innerText());
  await lambda.focus();
  await page.keyboard.press('End');
  await expect(tab).toContainText('100 epochs are worth 1 of test error');
  expect(await epochs(1)).toBeLessThan(await epochs(4));
  await expect(tab).toContainText(/significantly better than Keras with patience (5, |10 and )*20/);

  // λ stays while the reader looks elsewhere.
  await page.getByRole('tab', { name: 'Why' }).click();
  await page.getByRole('tab', { name: 'Find a rule' }).click();
  await expect(tab).toContainText('100 epochs are worth 1 of test error');

  // The file holds the rule by the names that the command line reads.
  await tab.getByText('as a policy file').click();
  await expect(tab.locator('pre')).toContainText('"monitor": "validation-loss"');
});

test('a rule of Keras is put on the sliders', async ({ page }) => {
  // After a single epoch all rules have done the same, and the plainest is taken: the first patience of Keras.
  const app = await open(page, 'replicas.count=8&training.epochs=1&stopping.patience=7&stopping.minDelta=0.01');
  await trainToTheEnd(app);
  await page.getByRole('tab', { name: 'Find a rule' }).click();
  const tab = page.getByRole('tabpanel');
  await expect(tab).toContainText('Keras with patience 5, 10 and 20 (min delta 0) gives exactly the same result');
  await tab.getByRole('button', { name: 'use it on the page' }).click();
  await expect(app.patience).toHaveAttribute('aria-valuetext', '1 epoch');
  const settings = page.getByRole('complementary', { name: 'Settings' });
  await expect(settings.getByRole('slider', { name: 'min delta' })).toHaveAttribute('aria-valuetext', '0');
});

test('too few replicas are said to be too few', async ({ page }) => {
  const app = await open(page, 'replicas.count=4&training.epochs=20');
  await trainToTheEnd(app);
  await page.getByRole('tab', { name: 'Find a rule' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('4 replicas are too few');
});
