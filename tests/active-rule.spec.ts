/** @file Any rule decides on the page: chosen in the rail, set, refused, written as JSON, and taken along by a link. */
import { expect, open, test, trainToTheEnd, type App } from './app.ts';

const RUN = 'replicas.count=8&training.epochs=120&stopping.patience=7';

const railOf = ({ page }: App) => page.getByRole('complementary', { name: 'Settings' });
const pickerOf = (app: App) => railOf(app).getByRole('combobox', { name: 'rule', exact: true });
/** Mean epochs at the stop, as the table of outcomes has it. */
const meanStop = async ({ outcome }: App) =>
  Number(
    await outcome
      .getByRole('row', { name: /^epochs/ })
      .getByRole('cell')
      .first()
      .innerText(),
  );

test('another rule is chosen, set and refused by field, and everything follows without training', async ({ page }) => {
  const app = await open(page, RUN);
  await trainToTheEnd(app);
  const rail = railOf(app);
  await expect(app.verdict).toContainText('Patience 7');

  await pickerOf(app).selectOption({ label: 'Budget of epochs' });
  await expect(app.patience).toBeHidden();
  const epochs = rail.getByRole('textbox', { name: 'epochs', exact: true });
  await expect(epochs).toHaveValue('100');
  await epochs.fill('30');
  await epochs.press('Enter');
  // No rule needs another training.
  await expect(app.status).toContainText('Done in');
  // A budget says where every flag must stand.
  await expect(app.verdict).toContainText('Budget of epochs, epochs 30 stops at epoch 30.');
  expect(await meanStop(app)).toBe(30);
  await expect(page.getByText('mean 30', { exact: true })).toBeVisible();
  await expect(page.getByRole('slider', { name: 'Patience', exact: true })).toBeHidden();

  await pickerOf(app).selectOption({ label: 'Generalisation loss (GL)' });
  const alpha = rail.getByRole('textbox', { name: 'alpha' });
  await expect(app.verdict).toContainText('Generalisation loss (GL), alpha 5');
  const quick = await meanStop(app);
  await alpha.fill('1000');
  await alpha.press('Enter');
  await expect(app.verdict).toContainText('alpha 1000');
  expect(await meanStop(app)).toBeGreaterThan(quick);

  await alpha.fill('-1');
  await alpha.press('Enter');
  await expect(rail.getByRole('alert')).toHaveText('must be a number from 0 to 1000000');
  await expect(alpha).toHaveValue('-1');
  await expect(app.verdict).toContainText('alpha 1000');
  await expect(app.status).toContainText('Done in');

  // The sliders come back as they were left.
  await pickerOf(app).selectOption({ label: 'patience (Keras 3)' });
  await expect(app.patience).toHaveAttribute('aria-valuetext', '7 epochs');
  await expect(app.verdict).toContainText('Patience 7');
});

test('a policy is written as JSON, and a link takes it along', async ({ page }) => {
  const app = await open(page, RUN);
  const rail = railOf(app);
  await pickerOf(app).selectOption({ label: 'policy as JSON…' });
  const text = rail.getByRole('textbox', { name: 'Policy as JSON' });
  await expect(text).toHaveValue(/"rule": "keras",[^]*"patience": 7/);
  await text.fill('{"any": [{"rule": "gl", "alpha": -5}, {"rule": "budget", "epochs": 12}]}');
  await rail.getByRole('button', { name: 'use it' }).click();
  await expect(rail.getByRole('alert')).toHaveText('policy.any.0.alpha: -5 must be a number from 0 to 1000000');
  await text.fill('{"any": [{"rule": "gl", "alpha": 1000000}, {"rule": "budget", "epochs": 12}]}');
  await rail.getByRole('button', { name: 'use it' }).click();
  await trainToTheEnd(app);
  await expect(app.verdict).toContainText('Any of 2 rules stops at epoch 12.');

  await page.getByRole('banner').getByRole('button', { name: 'Share' }).click();
  await expect(page).toHaveURL(/stopping/);
  await page.reload();
  await expect(pickerOf(app)).toHaveValue('group');
  await pickerOf(app).selectOption({ label: 'policy as JSON…' });
  await expect(text).toHaveValue(/"any":[^]*"gl"[^]*"budget"/);
  await trainToTheEnd(app);
  await expect(app.verdict).toContainText('Any of 2 rules stops at epoch 12.');
  expect(await meanStop(app)).toBe(12);

  // The rule of Keras is the one with which a page begins.
  await text.fill('{"rule": "keras", "patience": 3, "restore_best_weights": true}');
  await rail.getByRole('button', { name: 'use it' }).click();
  await expect(pickerOf(app)).toHaveValue('keras');
  await expect(pickerOf(app)).toBeFocused();
  await expect(app.patience).toHaveAttribute('aria-valuetext', '3 epochs');
  await expect(app.verdict).toContainText('Patience 3');
});

test('a group is put together by hand: added, set, refused, nested, turned from any to all and taken apart', async ({
  page,
}) => {
  const app = await open(page, RUN);
  await trainToTheEnd(app);
  const rail = railOf(app);
  const before = await meanStop(app);
  await pickerOf(app).selectOption({ label: 'several rules' });
  await expect(app.verdict).toContainText('Any of 1 rule');
  expect(await meanStop(app)).toBe(before);
  const members = rail.locator('.group > ul > li');
  await expect(members).toHaveText([/^Keras 3, patience 7/]);
  await expect(rail.getByRole('button', { name: /^take out/ })).toBeHidden();

  // What is added is open, to be set; a wrong number stays in its field while the group stays as it is.
  const add = rail.getByRole('combobox', { name: 'Add to the group' });
  await add.selectOption({ label: 'Budget of epochs' });
  const epochs = rail.getByRole('textbox', { name: 'epochs', exact: true }).last();
  await epochs.fill('0');
  await epochs.press('Enter');
  await expect(rail.getByRole('alert')).toContainText('must be a whole number from 1 to');
  await expect(epochs).toHaveValue('0');
  await epochs.fill('9');
  await epochs.press('Enter');
  await expect(rail.getByRole('alert')).toBeHidden();
  await expect(app.verdict).toContainText('Any of 2 rules');
  expect(await meanStop(app)).toBeLessThanOrEqual(9);
  await rail.getByRole('combobox', { name: 'stop when' }).selectOption('all');
  await expect(app.verdict).toContainText('All of 2 rules');
  await expect.poll(() => meanStop(app)).toBeGreaterThanOrEqual(before);

  // Any of several within all.
  await add.selectOption({ label: 'any of several' });
  await rail.getByRole('combobox', { name: 'Add to the group' }).first().selectOption({ label: 'Budget of epochs' });
  await expect(rail.locator('.group .group > ul > li')).toHaveText([/^Keras 3/, /^Budget of epochs/]);
  await rail.getByRole('button', { name: 'take out Keras 3, patience 7' }).focus();
  await page.keyboard.press('Enter');
  await expect(add.last()).toBeFocused();
  await rail.getByRole('button', { name: 'take out Budget of epochs, epochs 9' }).click();
  await expect(app.verdict).toContainText('All of 1 rule');
  await pickerOf(app).selectOption({ label: 'policy as JSON…' });
  const text = rail.getByRole('textbox', { name: 'Policy as JSON' });
  await expect(text).toHaveValue(/"all":[^]*"any":[^]*"keras"[^]*"budget"/);
});

test('a rule that waits for epochs has the handle and explains itself', async ({ page }) => {
  const app = await open(page, RUN.replace('patience=7', 'patience=10'));
  await trainToTheEnd(app);
  // What was patience is what LightGBM calls its rounds.
  await pickerOf(app).selectOption({ label: 'LightGBM' });
  const handle = page.getByRole('slider', { name: 'Rounds', exact: true });
  await expect(handle).toHaveAttribute('aria-valuenow', '10');
  await handle.press('ArrowRight');
  await expect(railOf(app).getByRole('textbox', { name: 'stopping_rounds' })).toHaveValue('11');
  await expect(app.verdict).toContainText('LightGBM, rounds 11');

  await page.getByRole('tab', { name: 'Why' }).click();
  const why = page.getByRole('tabpanel', { name: 'Why' });
  await expect(why.getByRole('row').last()).toContainText('of 11');

  // Other rules come from the lab.
  await page.getByRole('tab', { name: 'Side by side' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'tf.keras 2' });
  await row.locator('summary').click();
  await row.getByRole('button', { name: 'on the page' }).click();
  await expect(pickerOf(app)).toHaveValue('tf-keras');
});

test('on other data a rule watches what they record, and one that cannot is given up', async ({ page }) => {
  const app = await open(page, 'data.source=moons&replicas.count=4&training.epochs=20');
  const rail = railOf(app);
  await pickerOf(app).selectOption({ label: 'fastai' });
  await rail.getByRole('combobox', { name: 'monitor' }).selectOption('validation-accuracy');
  await rail.getByRole('heading', { name: 'Data' }).click();
  await rail.getByRole('combobox', { name: 'data', exact: true }).selectOption('sine');
  await expect(rail.getByRole('combobox', { name: 'monitor' })).toHaveValue('validation-loss');
  await trainToTheEnd(app);
  await expect(app.verdict).toContainText('fastai');

  // These data have no classes, and nobody has measured the gradients yet.
  await pickerOf(app).selectOption({ label: 'Label Wave' });
  await expect(rail.getByRole('alert')).toContainText(
    'needs prediction changes, recorded only where there are classes',
  );
  await expect(app.outcome.getByRole('table')).toBeHidden();
  await pickerOf(app).selectOption({ label: 'Gradient disparity' });
  await expect(app.verdict).toContainText('switch that on under Training');
  await rail.getByRole('heading', { name: 'Training' }).click();
  await rail.getByRole('checkbox', { name: 'gradient noise' }).check();
  await expect(rail.getByRole('alert')).toContainText('the run on screen did not record; press Train');
  await trainToTheEnd(app);
  await expect(rail.getByRole('alert')).toBeHidden();
  await expect(app.verdict).toContainText('Gradient disparity');

  await rail.getByRole('combobox', { name: 'data', exact: true }).selectOption('moons');
  await expect(page.getByText('do not record what the stopping rule needs')).toBeVisible();
  await expect(pickerOf(app)).toHaveValue('keras');
});
