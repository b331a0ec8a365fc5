/** @file What an experiment records about the visitor's table, so that the same rows are recognised later. */
import type { Table } from '../../../datasets/contract.ts';
import type { OwnTable } from './experiment.ts';
import { sha256 } from './sha256.ts';

/**
 * The entry for `data.own`. The checksum is over the standard form: a line of JSON with task, columns, target, classes
 * and row count, then features and targets as little-endian float32; the name of the file does not matter.
 */
export function ownTableOf(table: Table): OwnTable {
  const { name, task, columns, target, classes, rows, features, targets } = table;
  const head = new TextEncoder().encode(`${JSON.stringify({ task, columns, target, classes, rows })}\n`);
  const bytes = new Uint8Array(head.length + 4 * (features.length + targets.length));
  bytes.set(head);
  const view = new DataView(bytes.buffer, head.length);
  features.forEach((value, i) => view.setFloat32(4 * i, value, true));
  targets.forEach((value, i) => view.setFloat32(4 * (features.length + i), value, true));
  return {
    name,
    target,
    task,
    rows,
    features: columns.length,
    outputs: task === 'multiclass' ? classes!.length : 1,
    sha256: sha256(bytes),
  };
}
