/** @file A run that goes on with other settings: from an earlier epoch, as a stage that is marked, kept and taken away again. */
import { expect, load, open, save, test, trainToTheEnd } from './app.ts';

test('continue from an earlier epoch with another learning rate', async ({ page }) => {
  const app = await open(page, 'replicas.count=2&training.epochs=30');
  await trainToTheEnd(app);
  const training = page.getByRole('complementary', { name: 'Settings' });
  const rate = training.getByRole('textbox', { name: 'learning rate' });
  const unfold = () => training.locator('summary', { hasText: 'Training' }).click();
  await unfold();
  await rate.fill('0.001');
  await rate.press('Enter');
  const group = page.getByRole('group', { name: 'Training' });
  // From the end there is nothing left to train.
  await expect(group.getByRole('button', { name: 'Continue from 30' })).toBeDisabled();
  await app.epoch.focus();
  for (let i = 0; i < 18; i++) await page.keyboard.press('ArrowLeft');
  await group.getByRole('button', { name: /^Continue from 1\d$/ }).click();
  await expect(app.status).toContainText('Done in', { timeout: 60_000 });
  await expect(group.getByRole('button', { name: 'Step' })).toBeVisible();
  const stages = training.getByRole('list', { name: 'Stages' });
  await expect(stages).toContainText(/Stage 2, from epoch 1\d learning rate 0.001/);
  await expect(page.locator('#p-curves svg').getByText('stage 2', { exact: true })).toBeAttached();

  // Kept and put back, it is the same run.
  await save(app, 'staged');
  await page.reload();
  await load(app, 'staged');
  await unfold();
  await expect(stages).toContainText('learning rate 0.001');
  await expect(app.status).toContainText('Done in');

  // Without its stage it is another run.
  await stages.getByRole('button', { name: 'Remove stage 2' }).click();
  await expect(app.status).toContainText('Settings changed');
});
