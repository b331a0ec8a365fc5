/** @file Every kind of data, the visitor's own included. */
import { expect, open, test, trainToTheEnd } from './app.ts';

const FEW = 'replicas.count=4&training.epochs=12';

test('two inputs: maps of what was learned', async ({ page }) => {
  const app = await open(page, `${FEW}&data.source=moons`);
  await trainToTheEnd(app);
  const learned = page.getByRole('figure', { name: 'What they learned' });
  await expect(learned).toContainText('truth is ½');
  await learned.getByRole('radio', { name: 'variance' }).check();
  await page.getByRole('figure', { name: 'Where the error comes from' }).getByText('Brier score').first().waitFor();
});

test('a table of three classes: who is taken for whom', async ({ page }) => {
  const app = await open(page, `${FEW}&data.source=penguins`);
  await trainToTheEnd(app);
  await expect(page.getByRole('figure', { name: 'What they learned' })).toContainText('Gentoo');
  await expect(app.verdict).toContainText('bias² contains the noise');
});

test('a table of numbers: predicted against true', async ({ page }) => {
  const app = await open(page, `${FEW}&data.source=auto-mpg`);
  await trainToTheEnd(app);
  await expect(page.getByRole('figure', { name: 'What they learned' })).toContainText('miles per gallon');
});

const csv = (name: string, text: string | Buffer) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const GOOD = [
  'width;height;kind',
  ...Array.from({ length: 80 }, (_, i) => `${i % 9},5;${(i * 7) % 11};${i % 9 > 4 ? 'big' : 'small'}`),
].join('\n');

test('own data: a CSV with semicolons and decimal commas trains', async ({ page }) => {
  const app = await open(page, FEW);
  await page.getByRole('combobox', { name: 'data', exact: true }).selectOption({ label: 'CSV file …' });
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles(csv('sizes.csv', GOOD));
  await expect(dialog).toContainText('80 rows, 3 columns');
  await dialog.getByRole('combobox', { name: /predict/ }).selectOption('kind');
  await dialog.getByRole('button', { name: 'Use these data' }).click();
  await expect(dialog).toBeHidden();
  await trainToTheEnd(app);
  await expect(page.getByRole('figure', { name: 'What they learned' })).toContainText('small');
});

test('a column that numbers the rows is left out and named, two words are 0 and 1, and any column can be left out', async ({
  page,
}) => {
  await open(page);
  await page.getByRole('combobox', { name: 'data', exact: true }).selectOption({ label: 'CSV file …' });
  const dialog = page.getByRole('dialog');
  const rows = Array.from(
    { length: 40 },
    (_, i) => `${i + 1},${i / 7},${i % 2 ? 'yes' : 'no'},${'abc'[i % 3]},${i % 9}`,
  );
  const text = ['Id,size,smokes,site,y', ...rows].join('\n');
  await dialog.locator('input[type=file]').setInputFiles(csv('people.csv', text));
  await expect(dialog).toContainText('40 rows with 2 inputs');
  await expect(dialog).toContainText('“Id” is left out: it numbers the rows');
  await expect(dialog).toContainText('“smokes”: no is 0, yes is 1.');
  await dialog.getByRole('checkbox', { name: 'use site' }).check();
  await expect(dialog).toContainText('40 rows with 5 inputs');
  await dialog.getByRole('checkbox', { name: 'use size' }).uncheck();
  await expect(dialog).toContainText('40 rows with 4 inputs');
  await expect(dialog).toContainText('“size” is left out: it was left out by you');
  await dialog.getByRole('button', { name: 'Use these data' }).click();
  await expect(dialog).toBeHidden();
});

const BAD: [name: string, content: string | Buffer, says: RegExp][] = [
  ['empty', '', /empty/],
  ['one column', 'a\n1\n2\n3\n', /one column/i],
  ['ragged', 'a,b\n1,2\n3\n4,5\n', /line 3/i],
  ['binary', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0, 1, 2, 0]), /Excel workbook or a zip archive/],
];

test('own data: what cannot be read is explained and changes nothing', async ({ page }) => {
  await open(page, FEW);
  await page.getByRole('combobox', { name: 'data', exact: true }).selectOption({ label: 'CSV file …' });
  const dialog = page.getByRole('dialog');
  for (const [name, content, says] of BAD) {
    await dialog.locator('input[type=file]').setInputFiles(csv(`${name}.csv`, content));
    await expect(dialog, name).toContainText(says);
  }
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('complementary', { name: 'Settings' })).toContainText('sin 2πx');
});

test('own data: the dialog says how many rows are used, and lets the reader choose', async ({ page }) => {
  const rows = Array.from({ length: 50_000 }, (_, i) => `${i % 97},${(i * 7) % 1013}`);
  await open(page, FEW);
  await page.getByRole('combobox', { name: 'data', exact: true }).selectOption({ label: 'CSV file …' });
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles(csv('large.csv', ['x,y', ...rows].join('\n')));
  const used = (words: RegExp) => dialog.getByRole('spinbutton', { name: words });
  await expect(used(/to train on/)).toHaveValue('100');
  await expect(dialog).toContainText('256 of 50,000 rows are held out for testing');
  await used(/to train on/).fill('300');
  await used(/to watch/).fill('1000000');
  await used(/to test on/).fill('2000');
  await used(/to test on/).blur();
  await expect(used(/to watch/)).toHaveValue('10000');
  await expect(dialog).toContainText('2,000 of 50,000 rows');
  await dialog.getByRole('button', { name: 'Use these data' }).click();
  const settings = page.getByRole('complementary', { name: 'Settings' });
  await settings.getByText('Data', { exact: true }).click();
  await expect(settings.getByRole('textbox', { name: 'training points' })).toHaveValue('300');
  await expect(settings.getByRole('textbox', { name: 'test points' })).toHaveValue('2000');
});

test('a small table says how many of the test points that were asked for it has', async ({ page }) => {
  await open(page, `${FEW}&data.source=penguins&data.testSize=1000`);
  const settings = page.getByRole('complementary', { name: 'Settings' });
  await settings.getByText('Data', { exact: true }).click();
  await expect(settings.getByRole('textbox', { name: /^test points, \d+ used$/ })).toBeVisible();
});
