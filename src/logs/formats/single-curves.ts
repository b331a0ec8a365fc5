/**
 * @file Files of one curve each, named by their metric: the CSV that TensorBoard downloads (`run-x-tag-val_loss.csv`:
 * `Wall time,Step,Value`) and the files of MLflow (`metrics/val_loss`: `1700000000000 0.52 100` a line).
 */
import { parseLogCell } from '../cells.ts';
import { splitOf, nameWords } from '../names/splits.ts';
import { baseName, folderOf } from '../paths.ts';
import { TableBuilder } from '../table.ts';
import type { Format } from './format.ts';

const TENSORBOARD = /^"?Wall time"?,"?Step"?,"?Value"?\s*\n/i;
const MLFLOW = /^\d{13} \S+ \d+\s*(?:\n|$)/;

export const SINGLE_CURVES: Format = {
  name: 'CSV of TensorBoard, or metric file of MLflow',
  read({ text, path }) {
    if (TENSORBOARD.test(text)) return [tensorBoard(text, path)];
    return MLFLOW.test(text) ? [mlflow(text, path)] : null;
  },
};

function tensorBoard(text: string, path: string) {
  const file = baseName(path);
  const [, folder, tag] = /^run-(.*?)-tag-(.*)$/.exec(file) ?? [];
  // Keras has a folder for each split: `run-train-tag-epoch_loss`.
  const split = folder !== undefined && nameWords(folder).length > 0 ? splitOf(nameWords(folder).at(-1)!.text) : null;
  const run = split ? folder!.replace(/[/._-]?[^/._-]+$/, '') : (folder ?? '');
  const builder = new TableBuilder('CSV of TensorBoard', run === '.' ? '' : run);
  builder.joins = tag !== undefined;
  const name = `${split ? `${split}/` : ''}${tag ?? (splitOf(file) ? file : 'value')}`;
  for (const line of text.split(/\r?\n/).slice(1)) {
    const [time, step, value] = line.split(',').map((cell) => parseLogCell(cell.replaceAll('"', '')));
    if (value === undefined) continue;
    builder.put('wall time', time!);
    builder.put('step', step!);
    builder.put(name, value);
    builder.endRow();
  }
  return builder.table;
}

function mlflow(text: string, path: string) {
  const folder = /^(?:(.*)\/)?metrics(?:\/(.*))?$/.exec(folderOf(path));
  const builder = new TableBuilder('metric file of MLflow', folder?.[1] ?? '');
  builder.joins = folder !== null;
  const name = [folder?.[2], baseName(path) || 'value'].filter((part) => part !== undefined && part !== '').join('/');
  for (const line of text.split(/\r?\n/)) {
    const [time, value, step] = line.trim().split(/\s+/);
    if (step === undefined) continue;
    builder.put('timestamp', Number(time) / 1000);
    builder.put(name, parseLogCell(value!));
    builder.put('step', parseLogCell(step));
    builder.endRow();
  }
  return builder.table;
}
