/** @file The progress bar of Lightning, and of others that use tqdm: `Epoch 0: 100%|███| 9/9 [00:01<00:00, val_loss=0.5]`. */
import { parseLogCell } from '../cells.ts';
import { TableBuilder } from '../table.ts';
import { consoleLines, someLine, type Format } from './format.ts';

const LINE = /^\s*(?:Training\s+|Train\s+)?Epochs?[: ]+\[?(\d+)(?:\/\d+)?\]?\s*:?.*?(\d+)%.*$/i;
const METRIC = /([A-Za-z_][\w@./-]*)\s*[=:]\s*([-+]?(?:\d[\d.]*(?:e[-+]?\d+)?|nan|inf)\b)/gi;

export const PROGRESS_BAR: Format = {
  name: 'progress bar of Lightning',
  read({ text }) {
    if (!someLine(text, (line) => LINE.test(line) && /=\s*[-\d.]/.test(line))) return null;
    const builder = new TableBuilder('progress bar of Lightning');
    let epoch: string | null = null;
    let last: [string, string][] = [];
    const endEpoch = (): void => {
      if (epoch === null || last.length === 0) return;
      builder.put('epoch', Number(epoch));
      for (const [name, value] of last) builder.put(name, parseLogCell(value));
      builder.endRow();
    };
    for (const line of consoleLines(text)) {
      const found = LINE.exec(line);
      if (!found) continue;
      const metrics = [...line.slice(line.indexOf('%')).matchAll(METRIC)].map(([, name, value]): [string, string] => [
        name!,
        value!,
      ]);
      if (found[1] !== epoch) {
        endEpoch();
        last = [];
        epoch = found[1]!;
      }
      // The bar shows the last epoch's metrics until it has new ones, so that the last state of an epoch counts.
      last = metrics;
    }
    endEpoch();
    return [builder.table];
  },
};
