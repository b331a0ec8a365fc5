/** @file Importing the reader's CSV file: it is read and checked in a worker until it is used or dropped. */
import type { Table, Task } from '../../datasets/contract.ts';
import type { CsvCommand, CsvEvent } from '../workers/csv.ts';
import type { CsvSummary } from '../engine/csv/sheet.ts';
import { guessTask } from '../engine/csv/describe.ts';
import type { OwnTable } from '../engine/experiment/experiment.ts';

/** What would be learned from, and what is left out of it. */
export interface Offer {
  table: Table;
  own: OwnTable;
  /** Rows dropped for a missing cell. */
  dropped: number;
  leftOut: { name: string; why: string }[];
}

type Asked = CsvCommand extends infer C ? (C extends unknown ? Omit<C, 'request'> : never) : never;

class CsvDialogState {
  #open = $state(false);
  #reading = $state('');
  #summary = $state.raw<CsvSummary | null>(null);
  #target = $state('');
  #task = $state<Task>('regression');
  #offer = $state.raw<Offer | null>(null);
  #trouble = $state('');
  #worker: Worker | null = null;
  #request = 0;

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
    this.#send({ type: 'read', file });
  }

  /** Takes a column as target, with the task that most likely suits it. */
  aim(target: string): void {
    const column = this.#summary?.columns.find(({ name }) => name === target);
    this.choose(target, (column && guessTask(column)) ?? this.#task);
  }

  choose(target: string, task: Task): void {
    this.#target = target;
    this.#task = task;
    this.#offer = null;
    this.#trouble = '';
    this.#send({ type: 'take', choice: { target, task } });
  }

  /** Forgets the file; nothing has changed. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#open = false;
    this.#reading = '';
    this.#summary = null;
    this.#offer = null;
    this.#trouble = '';
  }

  #send(asked: Asked): void {
    this.#request += 1;
    this.#started().postMessage({ ...asked, request: this.#request } satisfies CsvCommand);
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('../workers/csv-entry.ts', import.meta.url), { type: 'module', name: 'csv' });
    worker.onmessage = ({ data }: MessageEvent<CsvEvent>) => this.#hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#reading = '';
      this.#trouble = `The file could not be read: ${event.message || 'the code for it could not be loaded'}. Reload the page.`;
    };
    this.#worker = worker;
    return worker;
  }

  /** Only the answer to the latest question counts. */
  #hear(event: CsvEvent): void {
    if (event.request !== this.#request) return;
    this.#reading = '';
    switch (event.type) {
      case 'read': {
        this.#summary = event.summary;
        const last = event.summary.columns.findLast((column) => guessTask(column) !== null);
        if (last) this.aim(last.name);
        else this.#trouble = 'No column can be predicted: each is empty, constant, or text of many kinds.';
        return;
      }
      case 'taken':
        this.#offer = event;
        return;
      case 'refused':
        this.#trouble = event.message;
        return;
      default:
        event satisfies never;
    }
  }
}

export const csvDialog = new CsvDialogState();
