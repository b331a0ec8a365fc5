/** @file Whatever the page writes, it opens again: by the picker, by a drop and by a paste. */
import type { Page } from '@playwright/test';
import { expect, open, takeFile, test } from './app.ts';

const choose = async (page: Page, name: string, content: Buffer) => {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('banner').getByRole('button', { name: 'Open', exact: true }).click();
  await (await choosing).setFiles({ name, mimeType: 'application/octet-stream', buffer: content });
};

const drop = (page: Page, name: string, text: string) =>
  page.evaluate(
    ([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text!], name!));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [name, text],
  );

const paste = (page: Page, text: string) =>
  page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  }, text);

test('an experiment and a policy, by picker, drop and paste, under any name', async ({ page }) => {
  const app = await open(page, 'replicas.count=4&training.epochs=20&data.source=moons&stopping.patience=7');
  const file = await takeFile(app, /^Experiment/);
  const settings = page.getByRole('complementary', { name: 'Settings' });
  const data = settings.getByRole('combobox', { name: 'data', exact: true });
  const other = async () => {
    await data.selectOption('sine');
    await expect(settings).toContainText('sin 2πx');
  };
  await other();
  await choose(page, 'notes.txt', file);
  await expect(data).toHaveValue('moons');
  await expect(app.patience).toHaveAttribute('aria-valuetext', '7 epochs');
  await expect(page.getByRole('status').filter({ hasText: 'was opened' })).toContainText('“notes.txt” was opened');
  // What stood there before comes back.
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(data).toHaveValue('sine');
  await drop(page, 'a.csv', file.toString());
  await expect(data).toHaveValue('moons');
  await other();
  await paste(page, file.toString());
  await expect(data).toHaveValue('moons');

  await drop(page, 'policy.json', '{"rule": "gl", "alpha": 3}');
  await expect(settings).toContainText('Generalisation loss');
  await paste(page, '{"rule": "keras", "patience": 11, "min_delta": 0.002}');
  await expect(app.patience).toHaveAttribute('aria-valuetext', '11 epochs');
});

test('what cannot be opened says what it is, and changes nothing', async ({ page }) => {
  const app = await open(page, 'replicas.count=4&training.epochs=20&stopping.patience=7');
  const notice = page.getByText(/^“/);
  for (const [name, text, says] of [
    ['a.json', '{"data":{"source":"nowhere"}}', 'is not a valid experiment. data.source: "nowhere"'],
    ['b.json', '{"rule":"keras","patience":-3}', 'is not a valid policy. policy.patience: -3'],
    ['c.zip', 'PK\u0003\u0004', 'is a zip archive; unpack it'],
    ['d.json', '{"data":{"source":', 'is cut or damaged JSON'],
    ['e.json', '{"loss":[0.5,0.4],"val_loss":[0.6,0.5]}', 'looks like the metric history of a training job'],
  ] as const) {
    await drop(page, name, text);
    await expect(notice).toContainText(`“${name}” ${says}`);
  }
  await page.getByRole('button', { name: 'Open it in Your logs' }).click();
  await expect(page.getByText('1 run, 2 evaluations · val_loss')).toBeVisible();
  await page.goBack();
  await expect(app.patience).toHaveAttribute('aria-valuetext', '7 epochs');
});
