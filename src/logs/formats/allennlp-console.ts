/** @file What AllenNLP prints after each epoch: a line `Training |  Validation`, then `loss  |  0.51  |  0.49`. */
import { parseLogCell } from '../cells.ts';
import { TableBuilder } from '../table.ts';
import { consoleLines, someLine, type Format } from './format.ts';

const HEADER = /Training\s*\|\s*Validation\s*$/;
const METRIC = /(?:^|\s)([A-Za-z_][\w@./-]*)\s*\|\s*(\S+)\s*\|\s*(\S+)\s*$/;

export const ALLENNLP_CONSOLE: Format = {
  name: 'output of AllenNLP',
  read({ text }) {
    if (!someLine(text, (line) => HEADER.test(line))) return null;
    const builder = new TableBuilder('output of AllenNLP');
    let epoch = -1;
    for (const line of consoleLines(text)) {
      const found = METRIC.exec(line);
      if (HEADER.test(line)) {
        if (epoch >= 0) builder.endRow();
        epoch++;
        builder.put('epoch', epoch);
      } else if (found && epoch >= 0) {
        builder.put(`training_${found[1]}`, parseLogCell(found[2]!));
        builder.put(`validation_${found[1]}`, parseLogCell(found[3]!));
      }
    }
    builder.endRow();
    return [builder.table];
  },
};
