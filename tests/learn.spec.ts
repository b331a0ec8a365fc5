/** @file The door Learn: every lesson is played to its end with the mouse, and again with the keyboard only. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { COURSE_LESSONS } from '../src/lessons/course/index.ts';
import { expect, test } from './app.ts';

/** A lesson may train several runs, on a machine that has better things to do. */
const TRAINED = { timeout: 240_000 };

interface LessonPage {
  page: Page;
  text: Locator;
  stage: Locator;
  current: Locator;
}

async function openLesson(page: Page, id: string, more = ''): Promise<LessonPage> {
  await page.goto(`#/learn/${id}${more}`);
  const text = page.getByRole('region', { name: 'Lesson' });
  const stage = page.getByRole('region', { name: 'Figure' });
  await expect(text.getByRole('heading', { level: 1 })).toBeVisible();
  return { page, text, stage, current: page.locator('nav [aria-current="step"]').locator('visible=true') };
}

/** The first figure is there once what comes before the prediction is trained. */
const figureThere = ({ stage }: LessonPage) => expect(stage.getByRole('figure').first()).toBeVisible(TRAINED);

/** Answers what happened until an answer is right; three there are. */
async function observe({ text }: LessonPage, press: (button: Locator) => Promise<void>): Promise<void> {
  const options = text.getByRole('group').locator('button.option:enabled');
  await expect(options.first()).toBeVisible(TRAINED);
  for (let i = 0; i < 3 && (await options.count()) > 0; i++) await press(options.first());
  await expect(options).toHaveCount(0);
}

for (const { id } of COURSE_LESSONS) {
  test(`${id}: played with the mouse`, async ({ page }) => {
    test.setTimeout(600_000);
    const lesson = await openLesson(page, id);
    const { text, stage, current } = lesson;
    await expect(current).toHaveText('Ask');
    await figureThere(lesson);
    await text.getByRole('button', { name: 'Predict', exact: true }).click();
    await expect(current).toHaveText('Predict');
    await expect(page).toHaveURL(new RegExp(`#/learn/${id}/predict`));

    // Whatever the figure takes: a stroke from left to right, or a press in its middle.
    const box = await stage.getByRole('figure').first().boundingBox();
    await page.mouse.move(box!.x + box!.width * 0.2, box!.y + box!.height * 0.55);
    await page.mouse.down();
    for (let i = 1; i <= 12; i++)
      await page.mouse.move(box!.x + box!.width * (0.2 + 0.06 * i), box!.y + box!.height * (0.55 + 0.1 * Math.sin(i)));
    await page.mouse.up();
    const radio = text.getByRole('radio').first();
    if ((await radio.count()) > 0) await radio.check();
    const order = text.getByRole('button', { name: 'take this order' });
    if ((await order.count()) > 0) await order.click();
    await text.getByRole('button', { name: 'Train', exact: true }).click();
    await expect(current).toHaveText('Train');
    await text.getByRole('button', { name: /^See wh/ }).click(TRAINED);

    await observe(lesson, (button) => button.click());
    await expect(text.locator('.reveal')).toContainText(/\d/);
    // Words drive the figure, and let go of it.
    const word = text.locator('button.w').first();
    if ((await word.count()) > 0) {
      await word.click();
      await expect(word).toHaveAttribute('aria-pressed', 'true');
      await word.click();
      await expect(word).toHaveAttribute('aria-pressed', 'false');
    }
    await text.getByRole('button', { name: 'Try', exact: true }).click();
    await expect(text.getByRole('listitem')).not.toHaveCount(0);
    await page.getByRole('link', { name: 'Lessons', exact: true }).click();
    await expect(page.getByRole('link', { name: /minutes/ })).toHaveCount(COURSE_LESSONS.length);
    await expect(page.getByRole('button', { name: 'Forget everything' })).toBeVisible();
  });

  test(`${id}: played with the keyboard only`, async ({ page }) => {
    test.setTimeout(600_000);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const lesson = await openLesson(page, id);
    const { text, stage, current } = lesson;
    await figureThere(lesson);
    await press(page, text.getByRole('button', { name: 'Predict', exact: true }));
    await expect(current).toHaveText('Predict');
    await expect(text.getByRole('heading', { level: 1 })).toBeFocused();
    // A handle in the figure, or whatever the text offers instead.
    const handle = stage.getByRole('slider').first();
    if ((await handle.count()) > 0) {
      await handle.focus();
      for (const key of ['ArrowRight', 'ArrowUp', 'PageUp', 'ArrowRight', 'End', 'ArrowLeft'])
        await page.keyboard.press(key);
    }
    const choice = text.getByRole('radio').first();
    if ((await choice.count()) > 0) {
      await choice.focus();
      await page.keyboard.press('Space');
    }
    const slider = text.getByRole('slider').first();
    if ((await slider.count()) > 0) {
      await slider.focus();
      await page.keyboard.press('ArrowRight');
    }
    const order = text.getByRole('button', { name: 'take this order' });
    if ((await order.count()) > 0) await press(page, order);
    await press(page, text.getByRole('button', { name: /^Train/ }));
    await expect(current).toHaveText('Train');
    await expect(text.getByRole('button', { name: /^See wh/ })).toBeVisible(TRAINED);
    await press(page, text.getByRole('button', { name: /^See wh/ }));
    await observe(lesson, (button) => press(page, button));
    await expect(page.getByRole('status').first()).toContainText('step 4 of 5');
    await press(page, text.getByRole('button', { name: 'Try', exact: true }));
    await expect(current).toHaveText('Try');
    await expect(text.getByRole('listitem')).not.toHaveCount(0);
  });

  test(`${id}: nothing that axe objects to, at any step, in light and in dark`, async ({ page }) => {
    test.setTimeout(600_000);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const step of ['ask', 'predict', 'train', 'see', 'try']) {
        const lesson = await openLesson(page, id, `/${step}`);
        await expect(lesson.stage.getByRole('figure').first()).toBeVisible(TRAINED);
        if (step === 'train') await expect(lesson.text.getByRole('button', { name: /^See wh/ })).toBeVisible(TRAINED);
        if (step === 'see') await expect(lesson.text.locator('button.option').first()).toBeVisible(TRAINED);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
          violations.map(({ id: rule, nodes }) => [rule, nodes[0]?.html]),
          `${step}, ${colorScheme}`,
        ).toEqual([]);
      }
    }
  });
}

/** Presses what can be reached by the keyboard. */
async function press(page: Page, button: Locator): Promise<void> {
  await button.focus();
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
}

test('an address that names no lesson, or none of its steps, says why', async ({ page }) => {
  await page.goto('#/learn/nowhere');
  await expect(page.getByText('The address names the lesson "nowhere"')).toBeVisible();
  await expect(page.getByRole('link', { name: /minutes/ })).toHaveCount(COURSE_LESSONS.length);
  await page.goto('about:blank');
  await page.goto(`#/learn/${COURSE_LESSONS[0]!.id}/nowhere`);
  await expect(page.getByText('The address names the step "nowhere"')).toBeVisible();
});

test('a first visit opens the first lesson; steps replace the address, lessons add to the history', async ({
  page,
}) => {
  await page.goto('');
  const text = page.getByRole('region', { name: 'Lesson' });
  await expect(text.getByRole('heading', { level: 1 })).toBeVisible();
  const length = await page.evaluate(() => history.length);
  await text.getByRole('button', { name: 'Predict', exact: true }).click();
  await expect(page).toHaveURL(/\/predict$/);
  expect(await page.evaluate(() => history.length)).toBe(length);
  await page.getByRole('link', { name: 'Lessons', exact: true }).click();
  await expect(page.getByRole('link', { name: /minutes/ }).first()).toBeVisible();
  expect(await page.evaluate(() => history.length)).toBe(length + 1);
});

test('a run of a lesson goes to the workshop without training again', async ({ page }) => {
  test.setTimeout(300_000);
  const { text } = await openLesson(page, COURSE_LESSONS[0]!.id, '/try');
  await text.getByRole('button', { name: 'Open this run in the workshop' }).click(TRAINED);
  await expect(page).toHaveURL(/#\/workshop/);
  await expect(page.getByRole('slider', { name: 'epoch', exact: true })).toHaveAttribute(
    'aria-valuetext',
    /400/,
    TRAINED,
  );
});

test('keys of a clicker go from step to step on the projector, and Escape leaves it', async ({ page }) => {
  const { current } = await openLesson(page, COURSE_LESSONS[0]!.id, '?projector');
  await page.keyboard.press('PageDown');
  await expect(current).toHaveText('Predict');
  await page.keyboard.press('PageUp');
  await expect(current).toHaveText('Ask');
  await expect(page.getByRole('banner')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('banner')).toBeVisible();
  await expect(page).not.toHaveURL(/projector/);
});
