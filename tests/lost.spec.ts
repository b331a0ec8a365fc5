/** @file Nothing is lost without a word: a run that another takes the place of, a reload, settings in the address. */
import { expect, open, save, test, trainToTheEnd } from './app.ts';

const FEW = 'replicas.count=4&training.epochs=30&stopping.patience=5';

test('a step after a finished run says that it began a new one, and the run comes back', async ({ page }) => {
  const app = await open(page, FEW);
  await trainToTheEnd(app);
  const verdict = await app.verdict.innerText();
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(app.verdict).toContainText('has stopped no replica by epoch 1 of 30');
  await expect(app.verdict).not.toContainText('0.000');
  await page.getByText('This step began a new run.').waitFor();
  await page.getByRole('button', { name: 'Bring it back', exact: true }).click();
  await expect.poll(() => app.verdict.innerText()).toBe(verdict);
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await page.getByText('The run was taken off the screen.').waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await app.checkpoints.getByRole('button', { name: 'bring it back', exact: true }).click();
  await expect.poll(() => app.verdict.innerText()).toBe(verdict);
});

test('a reload asks only while there is a run that was not saved', async ({ page }) => {
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  const app = await open(page, FEW);
  await app.train.hover();
  await page.reload();
  expect(asked).toEqual([]);
  await trainToTheEnd(app);
  await page.reload();
  expect(asked).toEqual(['beforeunload']);
  await trainToTheEnd(app);
  await save(app, 'kept');
  await page.reload();
  expect(asked).toEqual(['beforeunload']);
});

test('the address follows the settings, without growing the history', async ({ page }) => {
  const app = await open(page, FEW);
  const before = await page.evaluate(() => history.length);
  const settings = page.getByRole('complementary', { name: 'Settings' });
  await settings.getByRole('combobox', { name: 'data', exact: true }).selectOption('moons');
  await settings.getByRole('textbox', { name: 'patience' }).fill('9');
  await settings.getByRole('textbox', { name: 'patience' }).blur();
  await expect(page).toHaveURL(/data\.source=moons/);
  await expect(page).toHaveURL(/patience(%22%3A|=)9/);
  expect(await page.evaluate(() => history.length)).toBe(before);
  await page.reload();
  await expect(settings.getByRole('combobox', { name: 'data', exact: true })).toHaveValue('moons');
  await expect(app.patience).toHaveAttribute('aria-valuetext', '9 epochs');
});

test('what is changed in mid-training is said at once to wait, and the run keeps its own name', async ({ page }) => {
  const app = await open(page, 'replicas.count=64&training.epochs=5000&data.trainSize=100');
  await app.train.click();
  await expect(app.status).toContainText('Training: epoch');
  const settings = page.getByRole('complementary', { name: 'Settings' });
  await settings.getByText('Training', { exact: true }).click();
  const batch = settings.getByRole('textbox', { name: 'batch' });
  await batch.fill('10');
  await batch.blur();
  await expect(app.status).toContainText(/, with full batch. Changed for the next run: batch 10/);
  await app.train.click();
  await expect(app.status).toContainText('Settings changed: batch 10. On screen is the run with full batch.');
});
