/** @file Importing the reader's CSV file: it is read and checked in a worker until it is used or dropped. */
import type { Table, Task } from '../../datasets/contract.ts';
import type { CsvCommand, CsvEvent } from '../workers/csv.ts';
import type { CsvSummary } from '../engine/csv/sheet.ts';
import { guessTask } from '../engine/csv/describe.ts';
import type { OwnTable } from '../engine/experiment/experiment.ts';
import { WorkerClient } from '../engine/worker-client.ts';
import { browserClock, type PageServices } from './page-services.ts';
import { startWorker } from './start-worker.ts';

/** What would be learned from, and what is left out of it. */
export interface Offer {
  table: Table;
  own: OwnTable;
  /** Rows dropped for a missing cell. */
  dropped: number;
  leftOut: { name: string; why: string }[];
}

const openCsvWorker = () =>
  startWorker(() => new Worker(new URL('../workers/csv-entry.ts', import.meta.url), { type: 'module', name: 'csv' }));

export class CsvDialogState {
  #open = $state(false);
  #reading = $state('');
  #summary = $state.raw<CsvSummary | null>(null);
  #target = $state('');
  #task = $state<Task>('regression');
  #offer = $state.raw<Offer | null>(null);
  #trouble = $state('');
  readonly #client: WorkerClient<CsvCommand, CsvEvent, { read: 'read'; take: 'taken' }>;
  /** Counts what was asked: only the answer to the newest question counts. */
  #asked = 0;

  constructor(open: PageServices['openEngine'] = openCsvWorker, clock = browserClock) {
    this.#client = new WorkerClient({ name: 'The reader of the file', open, clock });
  }

  get open(): boolean {
    return this.#open;
  }

  /** The name of the file that is being read; empty when none is. */
  get reading(): string {
    return this.#reading;
  }

  get summary(): CsvSummary | null {
    return this.#summary;
  }

  /** Name of the column to predict. */
  get target(): string {
    return this.#target;
  }

  get task(): Task {
    return this.#task;
  }

  /** Null while it is made, and where the choice cannot be learned from. */
  get offer(): Offer | null {
    return this.#offer;
  }

  /** What is wrong with the file or the choice, and what to do. */
  get trouble(): string {
    return this.#trouble;
  }

  ask(): void {
    this.#open = true;
  }

  /** Reads a file, from the picker or dropped anywhere on the page. */
  give(file: File): void {
    this.#open = true;
    this.#reading = file.name;
    this.#summary = null;
    this.#offer = null;
    this.#trouble = '';
    void this.#ask(this.#client.request({ type: 'read', file }), ({ summary }) => {
      this.#summary = summary;
      const last = summary.columns.findLast((column) => guessTask(column, summary.rows) !== null);
      if (last) this.aim(last.name);
      else this.#trouble = 'No column can be predicted: each is empty, constant, or text of many kinds.';
    });
  }

  /** Takes a column as target, with the task that most likely suits it. */
  aim(target: string): void {
    const column = this.#summary?.columns.find(({ name }) => name === target);
    this.choose(target, (column && guessTask(column, this.#summary!.rows)) ?? this.#task);
  }

  choose(target: string, task: Task): void {
    this.#target = target;
    this.#task = task;
    this.#offer = null;
    this.#trouble = '';
    void this.#ask(this.#client.request({ type: 'take', choice: { target, task } }), (taken) => (this.#offer = taken));
  }

  /** Forgets the file; nothing has changed. */
  close(): void {
    this.#asked += 1;
    this.#client.stop('The file was closed.');
    this.#open = false;
    this.#reading = '';
    this.#summary = null;
    this.#offer = null;
    this.#trouble = '';
  }

  async #ask<T>(asking: Promise<T>, answered: (answer: T) => void): Promise<void> {
    const asked = ++this.#asked;
    try {
      const answer = await asking;
      if (asked !== this.#asked) return;
      this.#reading = '';
      answered(answer);
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#reading = '';
      this.#trouble = error instanceof Error ? error.message : String(error);
    }
  }
}

export const csvDialog = new CsvDialogState();
