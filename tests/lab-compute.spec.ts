/** @file Error against compute: every rule and every patience as a point, each saying what the page says of it. */
import { expect, open, test, trainToTheEnd } from './app.ts';

test('a rule of the table has the error and the compute that it has as the rule of the page', async ({ page }) => {
  const app = await open(page, 'replicas.count=8&training.epochs=120&stopping.patience=7');
  await page.getByRole('tab', { name: 'Error against compute' }).click();
  const tab = page.getByRole('tabpanel');
  await expect(tab).toHaveText(/^Appears once something is trained/);
  await trainToTheEnd(app);
  await expect(tab).toContainText(/the \d+ rules as their libraries and papers set them\. Left out: 3 rules/);
  await expect(tab.getByRole('img', { name: /patience 1 to 100 and \d+ rules/ })).toBeVisible();

  await tab.getByText('as a table').click();
  for (const name of ['LightGBM, rounds 10', 'Generalisation loss (GL), alpha 5', 'patience 5']) {
    const row = tab.getByRole('row', { name: new RegExp(`^${name.replace(/[()]/g, '\\$&')} `) });
    const [compute, error] = await row.getByRole('cell').allInnerTexts();
    await row.getByRole('button', { name: `use ${name} on the page` }).click();
    await expect(app.verdict).toContainText(name === 'patience 5' ? 'Patience 5' : name);
    const stop = (of: RegExp) => app.outcome.getByRole('row', { name: of }).getByRole('cell').first();
    await expect(stop(/^test error/)).toHaveText(error!.split(/\s/)[0]!);
    await expect(stop(/^of planned/)).toHaveText(`${Math.round(Number.parseFloat(compute!))} %`);
  }

  // A click on a diamond makes its rule that of the page.
  await tab.locator('path.rule').last().click();
  await expect(app.verdict).toContainText(
    /Budget of compute|Target and divergence|Discrepancy principle|Patience on|Patience in/,
  );
});
