/** @file The built page opens, from a sub-path, without an error. */
import { expect, test } from '@playwright/test';

test('the page opens without an error and asks nobody else for anything', async ({ page, baseURL }) => {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(String(baseURL)) && !/^(blob|data):/.test(request.url())) {
      complaints.push(`asked for ${request.url()}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  await page.goto('');
  await expect(page).toHaveTitle(/Patience/);
  await expect(page.locator('#app')).not.toBeEmpty();
  expect(complaints).toEqual([]);
});

test('a kept theme is there before any script of the page has run, and stays', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('patience-theme', 'dark'));
  await page.route('**/*.js', (route) => route.abort());
  await page.goto('');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.unroute('**/*.js');
  await page.reload();
  await expect(page.locator('#app')).not.toBeEmpty();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
