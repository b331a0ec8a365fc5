/** @file The table that spaCy prints while it trains: `E    #       LOSS NER  ENTS_F  SCORE`. */
import { parseLogCell } from '../cells.ts';
import { TableBuilder } from '../table.ts';
import { consoleLines, someLine, type Format } from './format.ts';

const HEADER = /^\s*E\s+#\s+\S/;
const RULE = /^[\s-]+$/;

export const SPACY_CONSOLE: Format = {
  name: 'output of spaCy',
  read({ text }) {
    if (!someLine(text, (line) => HEADER.test(line))) return null;
    const builder = new TableBuilder('output of spaCy');
    let names: string[] = [];
    for (const line of consoleLines(text)) {
      if (HEADER.test(line))
        names = line
          .trim()
          .split(/\s{2,}/)
          .flatMap((name) => (name === 'E #' ? ['E', '#'] : [name]));
      else if (!RULE.test(line)) {
        const cells = line.trim().split(/\s+/);
        if (
          names.length === 0 ||
          cells.length !== names.length ||
          !cells.every((cell) => typeof parseLogCell(cell) === 'number')
        )
          continue;
        cells.forEach((cell, i) => builder.put(roleOf(names[i]!), parseLogCell(cell)));
        builder.endRow();
      }
    }
    return [builder.table];
  },
};

/** Scores are of the development data, losses of the training data; the speed is neither. */
function roleOf(name: string): string {
  if (/^(?:E|#|LOSS .*|SPEED)$/.test(name)) return name;
  return `validation ${name}`;
}
