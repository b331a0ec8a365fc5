/** @file The hand-over of messages from an entry to what it loads, with the thread's own functions replaced. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { handOver } from './hand-over.ts';

let thread: { onmessage: ((event: { data: number }) => void) | null; postMessage: (message: unknown) => void };
const posted = vi.fn();
const reported = vi.fn();
const say = (data: number) => thread.onmessage!({ data });

beforeEach(() => {
  posted.mockReset();
  thread = { onmessage: null, postMessage: posted };
  reported.mockReset();
  vi.stubGlobal('self', thread);
  vi.stubGlobal('reportError', reported);
});
afterEach(() => vi.unstubAllGlobals());

it('keeps what comes before the code is there, and loses, doubles and reorders nothing', async () => {
  let loaded: (code: { receive(message: number): void }) => void = () => {};
  const received: number[] = [];
  const handed = handOver(new Promise<Parameters<typeof loaded>[0]>((resolve) => (loaded = resolve)));
  say(1);
  say(2);
  expect(received).toEqual([]);
  expect(posted).not.toHaveBeenCalled();
  loaded({ receive: (message) => received.push(message) });
  // Still before the code has been taken note of.
  say(3);
  await handed;
  say(4);
  expect(received).toEqual([1, 2, 3, 4]);
  expect(posted.mock.calls).toEqual([[{ type: 'started' }]]);
  expect(reported).not.toHaveBeenCalled();
});

it('reports code that cannot be loaded, so that the page hears of it', async () => {
  const missing = new TypeError('error loading the module');
  await handOver(Promise.reject(missing));
  expect(reported.mock.calls).toEqual([[missing]]);
  expect(posted).not.toHaveBeenCalled();
});
