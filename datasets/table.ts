/** @file Reads the repository's own tables: a header, commas, no quotes, every cell a number, the target last. */
import type { Table, Task } from './contract.ts';

/** Class names come in the order given, which is the order of their indices; null for regression. */
export function readTable(text: string, name: string, task: Task, classes: string[] | null): Table {
  const [header, ...lines] = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const columns = header!.slice(0, -1);
  const features = new Float32Array(lines.length * columns.length);
  const targets = new Float32Array(lines.length);
  lines.forEach((cells, row) => {
    const last = cells[columns.length]!;
    const numbers = cells.slice(0, columns.length).map(Number);
    const target = classes ? classes.indexOf(last) : Number(last);
    if (cells.length !== header!.length || ![...numbers, target].every(Number.isFinite) || (classes && target < 0)) {
      throw new Error(`${name}: line ${row + 2} is damaged; restore the file`);
    }
    features.set(numbers, row * columns.length);
    targets[row] = target;
  });
  return { name, task, columns, target: header![columns.length]!, features, targets, classes, rows: lines.length };
}
