/** @file Every width from a small phone to a wide screen: nothing overlaps, is cut off, or scrolls sideways. */
import type { Page } from '@playwright/test';
import { expect, open, test, trainToTheEnd } from './app.ts';

const SIZES: [width: number, height: number][] = [
  [320, 568],
  [360, 640],
  [390, 844],
  [768, 1024],
  [844, 480],
  [979, 600],
  [980, 600],
  [1024, 768],
  [1279, 720],
  [1280, 720],
  [1440, 900],
  [1600, 900],
  [1920, 1080],
  [2560, 1440],
];

/** What is wrong with where the words and pictures of the page stand; runs in the page. */
function faults(): string[] {
  const found = new Set<string>();
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) found.add(`scrolls sideways: ${scrollWidth} px`);
  const boxes: { text: string; owner: Element; floats: boolean; box: DOMRect }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent!.trim();
    const owner = node.parentElement!;
    if (text === '' || owner.closest('.vh, option, .skip')) continue;
    if (!owner.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const styles: [Element, CSSStyleDeclaration][] = [];
    for (let at: Element | null = owner; at; at = at.parentElement) styles.push([at, getComputedStyle(at)]);
    if (styles.some(([, { clipPath }]) => clipPath !== 'none')) continue;
    const floats = styles.some(([, { position }]) => position === 'fixed' || position === 'sticky');
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, right, top, bottom } of range.getClientRects()) {
      let [x0, x1, y0, y1] = [left, right, top, bottom];
      for (const [at, { overflowX, textOverflow }] of styles) {
        if (overflowX === 'visible' || at === document.documentElement) continue;
        const clip = at.getBoundingClientRect();
        // What is cut with dots has the whole in its tooltip.
        const dotted = textOverflow === 'ellipsis' && at.hasAttribute('title');
        if (overflowX === 'hidden' && right > clip.right + 1 && !dotted) found.add(`"${text}" is cut off`);
        [x0, x1] = [Math.max(x0, clip.left), Math.min(x1, clip.right)];
        [y0, y1] = [Math.max(y0, clip.top), Math.min(y1, clip.bottom)];
      }
      if (x1 - x0 < 1 || y1 - y0 < 1) continue;
      if (x0 < -1 || x1 > innerWidth + 1) found.add(`"${text}" leaves the page`);
      boxes.push({ text, owner, floats, box: new DOMRect(x0, y0, x1 - x0, y1 - y0) });
    }
  }
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      if (a.owner === b.owner || a.floats !== b.floats) continue;
      const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      if (wide > 2 && high > 4) found.add(`"${a.text}" and "${b.text}" overlap`);
    }
  }
  for (const canvas of document.querySelectorAll('main .plot canvas')) {
    const { width } = canvas.getBoundingClientRect();
    if (width > 0 && width < 220) found.add(`a plot is ${width} px wide`);
  }
  return [...found];
}

async function sweep(page: Page): Promise<void> {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    await expect.poll(() => page.evaluate(faults), { message: `at ${width} x ${height}` }).toEqual([]);
  }
}

for (const font of ['DejaVu Sans', 'DejaVu Sans Condensed']) {
  test(`nothing overlaps at any width in ${font}`, async ({ page }) => {
    const app = await open(page, 'replicas.count=8&training.epochs=60&stopping.patience=5');
    await page.evaluate((font) => document.documentElement.style.setProperty('--font', `'${font}'`), font);
    await sweep(page);
    await page.setViewportSize({ width: 1440, height: 900 });
    await trainToTheEnd(app);
    await sweep(page);
  });
}

test('what a finger presses on a phone is at least 44 px high', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, 'replicas.count=4&training.epochs=10');
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, select, summary, nav a, input:not([type=checkbox], [type=radio])')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => element.getBoundingClientRect().height < 43.5)
      .map((element) => `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent}`.trim()),
  );
  expect(small).toEqual([]);
});
