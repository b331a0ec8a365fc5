/**
 * @file Measures the built page as a visitor meets it: first paint, first epoch drawn, frames while training, the
 * finish.
 */
import type { Browser, Page } from '@playwright/test';

export interface Visit {
  /** From opening the page, in milliseconds; the same for `pressed`. */
  firstPaint: number;
  pressed: number;
  /** From pressing Train, in milliseconds, to the frame that shows an epoch, and to the end of all of them. */
  firstEpoch: number;
  finished: number;
  /** Time between frames from pressing to the end. */
  frames: number[];
  /** Tasks of more than 50 ms on the page's thread in that time: when each began, after pressing, and how long it took. */
  tasks: { at: number; ms: number }[];
  /** How the page says it trained. */
  status: string;
  device: string;
}

/** What `watch` writes down, in the page's time; 0 while it has not happened. */
interface Watching {
  watched: { frames: number[]; tasks: { start: number; ms: number }[]; drawn: number; finished: number };
}

/** Runs in the page, before anything of it. */
function watch() {
  const watched: Watching['watched'] = { frames: [], tasks: [], drawn: 0, finished: 0 };
  Object.assign(window, { watched });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) watched.tasks.push({ start: startTime, ms: duration });
  }).observe({ type: 'longtask', buffered: true });
  const frame = (now: number) => {
    watched.frames.push(now);
    const shown = document.querySelector('.t-scrub output b')?.textContent;
    // What the document says at this frame is on screen at the next.
    if (!watched.drawn && shown && shown !== '0') requestAnimationFrame((next) => (watched.drawn ||= next));
    if (!watched.finished && document.querySelector('.t-status')?.textContent.includes('Done in'))
      watched.finished = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** Opens the page in a fresh profile and, after a rest, trains the default experiment to its end. */
export function visit(browser: Browser, url: string, restMs: number): Promise<Visit> {
  return withPage(browser, async (page) => {
    await page.goto(`${url}#/workshop`);
    const pressed = await press(page, restMs);
    await page.waitForFunction(() => (window as unknown as Watching).watched.finished, null, { timeout: 300_000 });
    const { watched, firstPaint, status } = await page.evaluate(() => ({
      watched: (window as unknown as Watching).watched,
      firstPaint: performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
      status: document.querySelector('.t-status')!.textContent.trim(),
    }));
    const during = watched.frames.filter((at) => at >= pressed && at <= watched.finished);
    return {
      firstPaint,
      pressed,
      firstEpoch: watched.drawn - pressed,
      finished: watched.finished - pressed,
      frames: during.slice(1).map((at, i) => at - during[i]!),
      tasks: watched.tasks
        .filter(({ start }) => start >= pressed && start <= watched.finished)
        .map(({ start, ms }) => ({ at: start - pressed, ms })),
      status,
      device: (await summaryOfDevice(page).textContent())!.trim(),
    };
  });
}

/** Paths of all scripts that are fetched up to the first epoch drawn when WebGPU is chosen by hand; throws if it is not used. */
export function webgpuScripts(browser: Browser, url: string): Promise<string[]> {
  return withPage(browser, async (page) => {
    const scripts = new Set<string>();
    page.context().on('request', (request) => scripts.add(new URL(request.url()).pathname));
    // Without an idle moment the page does not try the other backends before the choice is made.
    await page.addInitScript(() => (window.requestIdleCallback = () => 0));
    await page.goto(`${url}#/workshop`);
    await choose(page, 'WebGPU');
    await press(page, 0);
    await page.waitForFunction(() => (window as unknown as Watching).watched.drawn, null, { timeout: 300_000 });
    const device = await summaryOfDevice(page).textContent();
    if (!device?.includes('WebGPU')) throw new Error(`WebGPU was chosen, but the page trains on ${device}`);
    return [...scripts].filter((path) => path.endsWith('.js'));
  });
}

/** Milliseconds from pressing Pause to the frame in which the page says so, of a training that takes long. */
export function pauses(browser: Browser, url: string, backend: 'WebGPU' | 'WASM', times: number): Promise<number[]> {
  return withPage(browser, async (page) => {
    await page.goto(
      `${url}#/workshop?v=1&replicas.count=64&data.trainSize=128&training.batchSize=32&training.epochs=10000`,
    );
    await choose(page, backend);
    await press(page, 0);
    const waited: number[] = [];
    for (let i = 0; i < times; i++) {
      // A little longer each time, so that it falls into another moment of the work.
      await page.waitForFunction(() => (window as unknown as Watching).watched.drawn, null, { timeout: 120_000 });
      await page.waitForTimeout(700 + 37 * i);
      waited.push(await page.evaluate(pressAndWait, 'Paused after epoch'));
      await page.evaluate(pressAndWait, 'Training: epoch');
    }
    return waited;
  });
}

/** Runs in the page: presses the button of the training, and tells how long until the status says these words. */
function pressAndWait(words: string): Promise<number> {
  const begin = performance.now();
  document.querySelector<HTMLButtonElement>('button.go')!.click();
  return new Promise((resolve) => {
    const look = (now: number) =>
      document.querySelector('.t-status')?.textContent.includes(words)
        ? resolve(now - begin)
        : requestAnimationFrame(look);
    requestAnimationFrame(look);
  });
}

async function choose(page: Page, backend: string): Promise<void> {
  const summary = summaryOfDevice(page);
  await summary.click();
  await page.getByRole('radio', { name: backend }).locator('visible=true').check();
  await summary.click();
}

/** A page in a fresh profile. */
async function withPage<T>(browser: Browser, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(watch);
    return await use(page);
  } finally {
    await context.close();
  }
}

/** Presses Train after a rest; resolves with the page's time then. */
async function press(page: Page, restMs: number): Promise<number> {
  const train = page.getByRole('group', { name: 'Training' }).getByRole('button').first();
  await train.waitFor();
  await page.waitForTimeout(restMs);
  const pressed = await page.evaluate(() => performance.now());
  await train.click();
  return pressed;
}

/** Where the page says what it trains on. */
const summaryOfDevice = (page: Page) => page.getByRole('banner').locator('summary').locator('visible=true').last();
