/**
 * @file One worker as its owner sees it: commands out, news in, and requests of which every one settles, with an answer
 * or with a reason. Serves all workers; it knows of a worker only what `WorkerLike` says, so that a test can play one.
 */
import type { Clock } from './clock.ts';

/** What is used of a `Worker`. */
export interface WorkerLike {
  onmessage: ((event: MessageEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: unknown, transfer: Transferable[]): void;
  terminate(): void;
}

/** The first message of every worker: its code is there, so that an error from now on is not one of loading. */
export interface Started {
  type: 'started';
}

/**
 * `unsupported`: the browser does not let it be started; `unstartable`: its code did not come, also when it was tried
 * again; `crashed`: it ran, and what it knew is gone.
 */
export interface WorkerLoss {
  kind: 'unsupported' | 'unstartable' | 'crashed';
  /** In words for the reader, without a remedy. */
  message: string;
}

interface Message {
  type: string;
}
/** An event that answers a request carries its number; all others are news. */
type Requested<M> = Extract<M, { request: number }>;
export type News<E> = Exclude<E, { request: number }>;
/** The type of the answer to each type of request. */
type AnswerTypes<C extends Message, E extends Message> = Record<Requested<C>['type'], E['type']>;

export interface WorkerClientOptions<E extends Message> {
  /** What the worker is called at the beginning of a sentence, such as `The engine`. */
  name: string;
  /** Starts a worker; may throw where the browser has none. */
  open(): WorkerLike;
  clock: Pick<Clock, 'after'>;
  heard?(news: News<E>): void;
  /** The worker is gone; a new one is started by the next command. */
  lost?(loss: WorkerLoss): void;
}

/** A worker that could not be started is tried again after these pauses; after the last, with the next command. */
export const RETRY_PAUSES_MS: readonly number[] = [500, 2000, 8000];
/** A worker that has not said within this time that it has started will not. */
const START_LIMIT_MS = 30_000;

interface Queued {
  message: Message;
  transfer: Transferable[];
}

interface Waiting {
  resolve(answer: Message): void;
  reject(reason: Error): void;
}

export class WorkerClient<C extends Message, E extends Message, A extends AnswerTypes<C, E>> {
  #worker: WorkerLike | null = null;
  #state: 'idle' | 'starting' | 'pausing' | 'started' = 'idle';
  /** What is sent once the worker has started. */
  #queue: Queued[] = [];
  readonly #waiting = new Map<number, Waiting>();
  #request = 0;
  #failedStarts = 0;
  /** Counts attempts to start, so that the timer of an old one finds itself outdated. */
  #attempt = 0;

  constructor(private readonly options: WorkerClientOptions<E>) {}

  /** Sends a command that has no answer. */
  post(command: Exclude<C, { request: number }>, transfer: Transferable[] = []): void {
    this.#send({ message: command, transfer });
  }

  /** Resolves with the answer; rejects with the worker's refusal, or with the reason why there will be no answer. */
  request<T extends Requested<C>['type']>(
    command: { type: T } & Omit<Extract<C, { type: T }>, 'type' | 'request'>,
    transfer: Transferable[] = [],
  ): Promise<Extract<E, { type: A[T] }>> {
    const request = ++this.#request;
    return new Promise((resolve, reject) => {
      this.#waiting.set(request, { resolve: (answer) => resolve(answer as Extract<E, { type: A[T] }>), reject });
      this.#send({ message: { ...command, request }, transfer });
    });
  }

  /** Rejects all that was requested so far; an answer that comes all the same is dropped. */
  cancel(reason: string): void {
    const waiting = [...this.#waiting.values()];
    const requests = new Set(this.#waiting.keys());
    this.#waiting.clear();
    this.#queue = this.#queue.filter(({ message }) => !requests.has((message as { request?: number }).request ?? -1));
    for (const { reject } of waiting) reject(new Error(reason));
  }

  /** Ends the worker; what was requested is rejected, and the next command starts another one. */
  stop(reason: string): void {
    this.#end();
    this.#queue = [];
    this.#failedStarts = 0;
    this.cancel(reason);
  }

  #send(queued: Queued): void {
    if (this.#state === 'started') return this.#deliver(queued);
    this.#queue.push(queued);
    if (this.#state === 'idle') this.#start();
  }

  #deliver({ message, transfer }: Queued): void {
    try {
      this.#worker?.postMessage(message, transfer);
    } catch (error) {
      const { request } = message as { request?: number };
      // What cannot be sent is a fault of the command; the worker is as it was.
      if (request === undefined) throw error;
      const waiting = this.#waiting.get(request);
      this.#waiting.delete(request);
      waiting?.reject(new Error(`${this.options.name} could not be asked: ${wordsOf(error)}`));
    }
  }

  #start(): void {
    const attempt = ++this.#attempt;
    this.#state = 'starting';
    let worker: WorkerLike;
    try {
      worker = this.options.open();
    } catch (error) {
      return this.#lose({
        kind: 'unsupported',
        message: `${this.options.name} could not be started: ${wordsOf(error)}.`,
      });
    }
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<E | Started>) => {
      if (worker === this.#worker) this.#hear(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#failed(event.message);
    };
    worker.onmessageerror = () => {
      if (worker === this.#worker) this.#failed('a message could not be read');
    };
    void this.options.clock.after(START_LIMIT_MS).then(() => {
      if (attempt === this.#attempt && this.#state === 'starting') this.#failed('it did not start');
    });
  }

  #hear(event: E | Started): void {
    if (event.type === 'started') {
      if (this.#state !== 'starting') return;
      this.#state = 'started';
      this.#failedStarts = 0;
      for (const queued of this.#queue.splice(0)) this.#deliver(queued);
      return;
    }
    const { request } = event as { request?: number };
    if (request === undefined) return this.options.heard?.(event as News<E>);
    const waiting = this.#waiting.get(request);
    this.#waiting.delete(request);
    if (event.type === 'refused') waiting?.reject(new Error((event as unknown as { message: string }).message));
    else waiting?.resolve(event);
  }

  #failed(reason: string): void {
    const { name, clock } = this.options;
    if (this.#state === 'started')
      return this.#lose({ kind: 'crashed', message: `${name} stopped: ${reason || 'the browser does not say why'}.` });
    this.#end();
    const pause = RETRY_PAUSES_MS[this.#failedStarts++];
    if (pause === undefined) {
      this.#failedStarts = 0;
      return this.#lose({
        kind: 'unstartable',
        message: `${name} could not be started: its code could not be loaded. The connection may be down, or a newer version of this page may be out.`,
      });
    }
    this.#state = 'pausing';
    const attempt = this.#attempt;
    void clock.after(pause).then(() => {
      if (attempt === this.#attempt && this.#state === 'pausing') this.#start();
    });
  }

  #lose(loss: WorkerLoss): void {
    this.#end();
    this.#queue = [];
    this.cancel(loss.message);
    this.options.lost?.(loss);
  }

  #end(): void {
    this.#attempt += 1;
    this.#worker?.terminate();
    this.#worker = null;
    this.#state = 'idle';
  }
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
