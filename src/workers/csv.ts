/**
 * @file The worker that reads the visitor's CSV file; the page stays free while it does. The file read last is kept in this
 * module, which relies on being evaluated once: csv-entry.ts sees to that.
 */
import type { Table } from '../../datasets/contract.ts';
import { checkSize, CsvError, readCsv, summaryOf, tableFrom, type Choice, type Taken } from '../engine/csv/csv.ts';
import type { CsvSheet, CsvSummary } from '../engine/csv/sheet.ts';
import type { OwnTable } from '../engine/experiment/experiment.ts';
import { ownTableOf } from '../engine/experiment/own-table.ts';

/** `request` counts upwards and comes back with the answer. */
export type CsvCommand =
  | { type: 'read'; request: number; file: File }
  /** Makes a table of the file read last. */
  | { type: 'take'; request: number; choice: Choice };

export type CsvEvent =
  | { type: 'read'; request: number; summary: CsvSummary }
  | {
      type: 'taken';
      request: number;
      table: Table;
      own: OwnTable;
      dropped: number;
      leftOut: Taken['leftOut'];
      coded: Taken['coded'];
    }
  /** Nothing has changed: the file read before, if any, is still there. */
  | { type: 'refused'; request: number; message: string };

let sheet: CsvSheet | null = null;

async function answer(command: CsvCommand): Promise<CsvEvent> {
  const { type, request } = command;
  switch (type) {
    case 'read': {
      const { file } = command;
      checkSize(file.size, file.name);
      sheet = readCsv(new Uint8Array(await file.arrayBuffer()), file.name);
      return { type: 'read', request, summary: summaryOf(sheet) };
    }
    case 'take': {
      if (!sheet) throw new CsvError('No file has been read yet; choose one.');
      const taken = tableFrom(sheet, command.choice);
      return { type: 'taken', request, ...taken, own: ownTableOf(taken.table) };
    }
    default:
      return type satisfies never;
  }
}

export function receive(command: CsvCommand): void {
  void answer(command)
    .catch((error: unknown): CsvEvent => {
      const message = error instanceof CsvError ? error.message : `The file could not be read: ${String(error)}`;
      return { type: 'refused', request: command.request, message };
    })
    .then((event) => {
      postMessage(event, {
        transfer: event.type === 'taken' ? [event.table.features.buffer, event.table.targets.buffer] : [],
      });
    });
}
