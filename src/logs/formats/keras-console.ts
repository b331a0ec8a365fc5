/** @file What Keras prints while it trains: `Epoch 1/15`, then a progress bar with `loss: 0.2040 - val_loss: 0.1117`. */
import { parseLogCell } from '../cells.ts';
import { TableBuilder } from '../table.ts';
import { consoleLines, someLine, type Format } from './format.ts';

const EPOCH = /^\s*Epoch (\d+)\s*\/\s*\d+\s*$/;
const METRIC = /([A-Za-z_][\w@./]*): ([-+]?(?:[\d.]+(?:e[-+]?\d+)?|nan|inf))/gi;

export const KERAS_CONSOLE: Format = {
  name: 'console output of Keras',
  read({ text }) {
    if (!someLine(text, (line) => EPOCH.test(line))) return null;
    const builder = new TableBuilder('console output of Keras');
    let epoch: number | null = null;
    let total: string | null = null;
    let last: [string, string][] = [];
    const endEpoch = (): void => {
      if (epoch === null || last.length === 0) return;
      builder.put('epoch', epoch);
      for (const [name, value] of last) builder.put(name, parseLogCell(value));
      builder.endRow();
      last = [];
    };
    for (const line of consoleLines(text)) {
      const begins = EPOCH.exec(line);
      if (begins) {
        endEpoch();
        epoch = Number(begins[1]);
        total = null;
        continue;
      }
      // Batches of the epoch; what `evaluate` prints after it has another total, and fewer metrics.
      const batches = /^\s*(?:\d+\/)?(\d+)\b/.exec(line)?.[1] ?? null;
      const metrics = [...line.matchAll(METRIC)].map(([, name, value]): [string, string] => [name!, value!]);
      if (metrics.length === 0 || epoch === null) continue;
      total ??= batches;
      if (metrics.length >= last.length && (batches === total || metrics.length > last.length)) last = metrics;
    }
    endEpoch();
    return [builder.table];
  },
};
