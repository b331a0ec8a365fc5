/** @file The client of a worker: starting, restarting, and no request that stays without an answer or a reason. */
import { expect, it, vi } from 'vitest';
import { RETRY_PAUSES_MS, WorkerClient, type WorkerLoss } from './worker-client.ts';
import { FakeWorker, HandClock, settled } from './worker-client.testing.ts';

type Command = { type: 'note'; text: string } | { type: 'ask'; request: number; text: string };
type Event =
  | { type: 'told'; text: string }
  | { type: 'answered'; request: number; text: string }
  | { type: 'refused'; request: number; message: string };

function setUp(open?: () => FakeWorker) {
  const workers: FakeWorker[] = [];
  const clock = new HandClock();
  const losses: WorkerLoss[] = [];
  const heard: Event[] = [];
  const client = new WorkerClient<Command, Event, { ask: 'answered' }>({
    name: 'The worker',
    open: open ?? (() => (workers.push(new FakeWorker()), workers.at(-1)!)),
    clock,
    heard: (event) => void heard.push(event),
    lost: (loss) => void losses.push(loss),
  });
  const ask = (text: string) => {
    const outcome = vi.fn<(words: string) => void>();
    client.request({ type: 'ask', text }).then(
      (answer) => outcome(answer.text),
      (error: Error) => outcome(`error: ${error.message}`),
    );
    return outcome;
  };
  return { client, workers, clock, losses, heard, ask };
}

it('starts with the first command, sends nothing before the worker has started, then everything in order', () => {
  const { client, workers } = setUp();
  expect(workers.length).toBe(0);
  client.post({ type: 'note', text: 'a' });
  void client.request({ type: 'ask', text: 'b' });
  expect(workers.map(({ posted }) => posted)).toEqual([[]]);
  workers[0]!.start();
  client.post({ type: 'note', text: 'c' });
  expect(workers[0]!.posted.map(({ text }) => text)).toEqual(['a', 'b', 'c']);
});

it('gives each request its own answer or refusal, whatever their order, and the rest as news', async () => {
  const { workers, ask, heard } = setUp();
  const [first, second] = [ask('1'), ask('2')];
  const [worker] = workers;
  worker!.start();
  const [one, two] = worker!.posted;
  worker!.say({ type: 'refused', request: two.request, message: 'not now' });
  worker!.say({ type: 'told', text: 'news' });
  worker!.say({ type: 'answered', request: one.request, text: 'yes' });
  // Nobody waits for these.
  worker!.say({ type: 'answered', request: one.request, text: 'again' });
  worker!.say({ type: 'answered', request: 99, text: 'whose?' });
  await settled();
  expect(first.mock.calls).toEqual([['yes']]);
  expect(second.mock.calls).toEqual([['error: not now']]);
  expect(heard).toEqual([{ type: 'told', text: 'news' }]);
});

it('tries a worker that cannot be loaded again after growing pauses, then with the next command, and loses no command', async () => {
  const { client, workers, clock, losses, ask } = setUp();
  const asked = ask('1');
  for (const pause of RETRY_PAUSES_MS) {
    workers.at(-1)!.crash();
    const before = workers.length;
    await clock.pass(pause - 1);
    expect(workers.length).toBe(before);
    await clock.pass(1);
    expect(workers.length).toBe(before + 1);
  }
  expect(asked).not.toHaveBeenCalled();
  workers.at(-1)!.crash();
  await clock.pass(1e6);
  expect(workers.length).toBe(1 + RETRY_PAUSES_MS.length);
  expect(workers.every(({ terminated }) => terminated)).toBe(true);
  expect(losses).toMatchObject([{ kind: 'unstartable' }]);
  expect(asked.mock.calls[0]![0]).toMatch(/could not be started: its code could not be loaded/);

  const again = ask('2');
  client.post({ type: 'note', text: 'kept' });
  workers.at(-1)!.crash();
  await clock.pass(RETRY_PAUSES_MS[0]!);
  workers.at(-1)!.start();
  expect(workers.at(-1)!.posted.map(({ text }) => text)).toEqual(['2', 'kept']);
  expect(again).not.toHaveBeenCalled();
});

it('takes a worker that never says that it started for one that cannot be loaded', async () => {
  const { workers, clock, losses, ask } = setUp();
  const asked = ask('1');
  await clock.pass(4 * 30_000 + RETRY_PAUSES_MS.reduce((sum, ms) => sum + ms, 0));
  expect(workers.length).toBe(4);
  expect(losses).toMatchObject([{ kind: 'unstartable' }]);
  expect(asked).toHaveBeenCalledOnce();
});

it('tells a crash from a failed start, rejects what was asked, and starts another with the next command', async () => {
  const { workers, losses, ask } = setUp();
  const asked = ask('1');
  workers[0]!.start();
  workers[0]!.crash('Uncaught RangeError: no');
  await settled();
  expect(losses).toEqual([{ kind: 'crashed', message: 'The worker stopped: Uncaught RangeError: no.' }]);
  expect(asked.mock.calls).toEqual([['error: The worker stopped: Uncaught RangeError: no.']]);
  expect(workers.map(({ terminated }) => terminated)).toEqual([true]);
  ask('2');
  workers[1]!.start();
  expect(workers[1]!.posted.map(({ text }) => text)).toEqual(['2']);
});

it('says at once where there are no workers', async () => {
  const { losses, ask } = setUp(() => {
    throw new Error('this browser has no workers');
  });
  const asked = ask('1');
  await settled();
  expect(losses).toEqual([
    { kind: 'unsupported', message: 'The worker could not be started: this browser has no workers.' },
  ]);
  expect(asked).toHaveBeenCalledOnce();
});

it('rejects what is cancelled or stopped, whether it was sent or not, and hears no late answer', async () => {
  const { client, workers, ask, clock, losses } = setUp();
  const early = ask('1');
  client.cancel('replaced');
  const late = ask('2');
  workers[0]!.start();
  expect(workers[0]!.posted.map(({ text }) => text)).toEqual(['2']);
  client.cancel('replaced again');
  workers[0]!.say({ type: 'answered', request: workers[0]!.posted[0].request, text: 'late' });
  const last = ask('3');
  client.stop('closed');
  await clock.pass(1e6);
  expect([early, late, last].map(({ mock }) => mock.calls)).toEqual([
    [['error: replaced']],
    [['error: replaced again']],
    [['error: closed']],
  ]);
  expect(losses).toEqual([]);
  expect(workers.length).toBe(1);
});

it('refuses a request that cannot be sent, and goes on', async () => {
  const { workers, ask } = setUp();
  const fine = ask('1');
  const bad = ask((() => 'a function') as never);
  workers[0]!.start();
  workers[0]!.say({ type: 'answered', request: workers[0]!.posted[0].request, text: 'yes' });
  await settled();
  expect(fine.mock.calls).toEqual([['yes']]);
  expect(bad.mock.calls[0]![0]).toMatch(/^error: The worker could not be asked: .*could not be cloned/);
});
