/** @file The reader's logs as the page has them: read, refused, given up, looked at otherwise, forgotten. */
import { describe, expect, it } from 'vitest';
import type { WorkerLike } from '../../engine/worker-client.ts';
import { type LogError } from '../../logs/log-error.ts';
import { readLog, type ReadLogs } from '../../logs/read-logs.ts';
import { logData } from '../../logs/run-data.ts';
import type { LogsCommand, LogsEvent } from '../../workers/logs.ts';
import { Logs } from './logs.svelte.ts';

/** Reads as the worker does, when it is told to. */
class Reader implements WorkerLike {
  onmessage: ((event: MessageEvent) => void) | null = null;
  onmessageerror = null;
  onerror = null;
  readonly asked: LogsCommand[] = [];
  #read: ReadLogs | null = null;

  postMessage(message: unknown): void {
    this.asked.push(message as LogsCommand);
  }
  terminate(): void {
    this.onmessage = null;
  }
  tell(data: LogsEvent | { type: 'started' }): void {
    this.onmessage?.({ data } as MessageEvent);
  }
  answer(): void {
    const command = this.asked.shift()!;
    const { request } = command;
    try {
      if (command.type === 'read') {
        const read = readLog(command.text);
        const log = logData(read);
        this.#read = read;
        this.tell({ type: 'read', request, log });
      } else this.tell({ type: 'chosen', request, log: logData(this.#read!, command.choices) });
    } catch (error) {
      this.tell({ type: 'refused', request, message: (error as LogError).message });
    }
  }
}

function opened() {
  const readers: Reader[] = [];
  const clock = { now: () => 0, after: () => new Promise<void>(() => {}) };
  const logs = new Logs(() => {
    const reader = new Reader();
    readers.push(reader);
    queueMicrotask(() => reader.tell({ type: 'started' }));
    return reader;
  }, clock);
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return { logs, readers, settle };
}

const TWO = 'epoch,val_loss,val_foo\n1,3,1\n2,2,2\n';

describe('logs', () => {
  it('are read with progress, and looked at by another metric', async () => {
    const { logs, readers, settle } = opened();
    const reading = logs.readText(TWO, 'job');
    await settle();
    readers[0]!.tell({ type: 'progressed', share: 0.4, words: 'Reading' });
    expect(logs.reading).toEqual({ share: 0.4, words: 'Reading' });
    readers[0]!.answer();
    expect(await reading).toBe(true);
    expect(logs.reading).toBeNull();
    expect([logs.name, logs.direction, logs.log!.watched.name]).toEqual(['job', 'min', 'val_loss']);

    const watching = logs.watch('validation/foo');
    readers[0]!.answer();
    await watching;
    expect([logs.direction, logs.log!.watched.name]).toEqual([null, 'val_foo']);
    const said = logs.improves('max');
    readers[0]!.answer();
    await said;
    expect([logs.direction, logs.log!.watched.name]).toEqual(['max', 'val_foo']);
  });

  it('stay where another text is refused', async () => {
    const { logs, readers, settle } = opened();
    const first = logs.readText(TWO);
    await settle();
    readers[0]!.answer();
    await first;
    const second = logs.readText('[1, "two"]');
    await settle();
    readers[0]!.answer();
    expect(await second).toBe(false);
    expect(logs.trouble).toContain('value 2: "two" must be a number');
    expect(logs.text).toBe('[1, "two"]');
    expect(logs.log!.runs).toHaveLength(1);
    logs.dismiss();
    expect(logs.trouble).toBe('');
  });

  it('of an older wish do not come after those of a newer one', async () => {
    const { logs, readers, settle } = opened();
    const first = logs.readText(TWO, 'old');
    await settle();
    const second = logs.readText('[3, 2, 1]', 'new');
    readers[0]!.answer();
    readers[0]!.answer();
    expect(await Promise.all([first, second])).toEqual([false, true]);
    expect(logs.name).toBe('new');
    const third = logs.readText(TWO);
    await settle();
    logs.giveUp();
    readers[0]!.answer();
    expect(await third).toBe(false);
    expect([logs.name, logs.reading, logs.trouble]).toEqual(['new', null, '']);
  });

  it('have a chosen run that goes round, and are forgotten', async () => {
    const { logs, readers, settle } = opened();
    const reading = logs.readText('[[3, 2], [1, 2], [2, 1]]');
    await settle();
    readers[0]!.answer();
    await reading;
    logs.step(-1);
    expect(logs.chosen).toBe(2);
    logs.step(1);
    expect(logs.chosen).toBe(0);
    logs.clear();
    expect([logs.log, logs.brought, logs.text, logs.name]).toEqual([null, null, '', '']);
  });
});
