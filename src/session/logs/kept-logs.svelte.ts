/** @file Logs that the reader wants kept in this browser: as they were brought, so that they are read again. */
import { createStore, del, get, set, type UseStore } from 'idb-keyval';
import { localStore } from '../local-storage.ts';
import { KEPT_MARK } from './kept-mark.ts';
import { logs, type BroughtLogs, type Logs } from './logs.svelte.ts';

const KEY = 'brought';
const openStore = () => createStore('patience-logs', 'logs');

export class KeptLogs {
  #kept = $state(false);
  /** What the storage has, as far as this page has seen it. */
  #stored: BroughtLogs | null = null;
  #store: UseStore | null = null;

  constructor(
    private readonly logs: Logs,
    private readonly marks: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null = localStore(),
  ) {
    this.#kept = marks?.getItem(KEPT_MARK) === 'yes';
  }

  /** Whether what is on screen is kept. */
  get kept(): boolean {
    return this.#kept;
  }

  /** Keeps what was brought; null forgets what was kept. */
  async keep(brought: BroughtLogs | null): Promise<void> {
    if (brought) {
      this.#stored = brought;
      await set(KEY, brought, this.#opened());
      this.marks?.setItem(KEPT_MARK, 'yes');
    } else if (this.#kept) {
      this.marks?.removeItem(KEPT_MARK);
      await del(KEY, this.#opened());
    }
    this.#kept = brought !== null;
  }

  /** Keeps what came in the place of what was kept. */
  async follow(brought: BroughtLogs | null): Promise<void> {
    if (this.#kept && brought && brought !== this.#stored) await this.keep(brought);
  }

  /** Reads what was kept, unless something is on screen. */
  async restore(): Promise<void> {
    if (!this.#kept || this.logs.log) return;
    const brought = await get<BroughtLogs>(KEY, this.#opened());
    this.#stored = brought ?? null;
    if (brought) await this.logs.bring(brought);
  }

  #opened(): UseStore {
    return (this.#store ??= openStore());
  }
}

export const keptLogs = new KeptLogs(logs);
