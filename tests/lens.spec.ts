/** @file Looking closer at the error: by another loss, by what was drawn, and at one place. */
import AxeBuilder from '@axe-core/playwright';
import { expect, open, test, trainToTheEnd } from './app.ts';

const FEW = 'replicas.count=8&training.epochs=30&data.testSize=32';

test('another loss takes the same error apart, and moves with the rule', async ({ page }) => {
  const app = await open(page, `${FEW}&data.source=moons&objective=binary-cross-entropy`);
  await trainToTheEnd(app);
  const panel = page.getByRole('figure', { name: 'Where the error comes from' });
  const loss = panel.getByRole('combobox', { name: 'Loss that is taken apart' });
  await loss.selectOption('zero-one');
  await expect(panel).toContainText('variance can be negative');
  await expect(panel).toContainText(/noise −?\d.*\+ bias −?\d.*\+ variance −?\d.*as stopped/);
  await expect(panel.getByRole('slider', { name: /^Where the error comes from/ })).toHaveAttribute(
    'aria-valuetext',
    /wrong decisions/,
  );
  const said = await panel.locator('.l2').innerText();
  await app.patience.focus();
  await page.keyboard.press('Home');
  await expect(panel.locator('.l2')).not.toHaveText(said);
  await loss.selectOption('brier');
  await expect(panel).not.toContainText('variance can be negative');
});

test('replicas that share training sets and seeds say what each adds to the variance', async ({ page }) => {
  const app = await open(page, `${FEW}&v=4&replicas.seeds=2&replicas.validations=2`);
  await trainToTheEnd(app);
  const panel = page.getByRole('figure', { name: 'Where the error comes from' });
  await expect(panel).toContainText(
    /by what was drawn: .*training data, .*initial weights and order, .*validation set/,
  );
  await expect(panel).toContainText('var.: seeds');
});

test('a place is looked at by pointer, tap and keys', async ({ page }) => {
  const app = await open(page, FEW);
  await trainToTheEnd(app);
  const learned = page.getByRole('figure', { name: 'What they learned' });
  const place = learned.getByRole('slider', { name: 'Place whose error is taken apart' });
  const { width, height } = (await place.boundingBox())!;
  await place.hover({ position: { x: width / 2, y: height / 2 } });
  await expect(learned).toContainText(/x = 0\.\d+\s*squared error 0\.\d+/);
  await page.mouse.move(0, 0);
  await expect(learned).not.toContainText(/x = 0\.\d/);
  await place.focus();
  await page.keyboard.press('Home');
  const first = await place.getAttribute('aria-valuetext');
  expect(first).toMatch(/^x = 0\.\d+, squared error .*: noise .*, bias squared .*, variance /);
  await page.keyboard.press('ArrowRight');
  await expect(place).not.toHaveAttribute('aria-valuetext', first!);
  const { violations } = await new AxeBuilder({ page }).include('#p-fits').analyze();
  expect(violations).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(place).toHaveAttribute('aria-valuetext', 'no place is chosen');
});
