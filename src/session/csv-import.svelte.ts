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
  /** Columns of two words, and which of them is 0 and which is 1. */
  coded: { name: string; words: [zero: string, one: string] }[];
}

const openCsvWorker = () =>
  startWorker(() => new Worker(new URL('../workers/csv-entry.ts', import.meta.url), { type: 'module', name: 'csv' }));

export class CsvDialogState {
  #open = $state(false);
  #reading = $state('');
  #summary = $state.raw<CsvSummary | null>(null);
  #target = $state('');
  #task = $state<Task>('regression');
  #wanted = $state.raw<Readonly<Record<string, boolean>>>({});
  /** Of the last offer: what is shown while another is made. */
  #leftOut = $state.raw<readonly string[]>([]);
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

  /** Whether a column is an input, as far as it can be: as the reader wants it, else as it is offered. */
  uses(name: string): boolean {
    const wanted = this.#wanted[name];
    if (wanted !== undefined) return wanted;
    return !this.#leftOut.includes(name);
  }

  /** Takes a column as an input, or leaves it out. */
  want(name: string, on: boolean): void {
    this.#wanted = { ...this.#wanted, [name]: on };
    this.choose(this.#target, this.#task);
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
    this.#wanted = {};
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
    const choice = { target, task, wanted: this.#wanted };
    void this.#ask(this.#client.request({ type: 'take', choice }), (taken) => {
      this.#offer = taken;
      this.#leftOut = taken.leftOut.map(({ name }) => name);
    });
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
