/** @file What every entry of a worker does: loads what the worker runs, says so, and hands it the messages of the page. */
import type { Started } from '../engine/worker-client.ts';

/** What a worker runs: it takes one message after the other. */
interface Receiver<Message> {
  receive(message: Message): void;
}

/**
 * WebKit knows an entry only as the worker's own script: a chunk that imports it has it evaluated a second time, with a
 * second state and a second `onmessage`. An entry therefore holds nothing that others could share: its code comes by a
 * dynamic import, in a chunk of its own, and scripts/worker-entries.js refuses a build in which a chunk imports an entry.
 *
 * Messages that arrive while the code is loading wait for it, in their order.
 */
export async function handOver<Message>(loading: Promise<Receiver<Message>>): Promise<void> {
  const waiting: Message[] = [];
  self.onmessage = ({ data }: MessageEvent<Message>) => void waiting.push(data);
  try {
    const { receive } = await loading;
    self.postMessage({ type: 'started' } satisfies Started);
    self.onmessage = ({ data }: MessageEvent<Message>) => receive(data);
    waiting.forEach((message) => receive(message));
  } catch (error) {
    // Of a rejected promise the page would not hear: this reaches its `onerror`.
    reportError(error);
  }
}
