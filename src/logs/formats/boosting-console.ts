/** @file What XGBoost and LightGBM print: `[0]	train-auc:0.68	eval-auc:0.67`, `[1]	valid_0's auc: 0.8`. */
import { parseLogCell } from '../cells.ts';
import { TableBuilder } from '../table.ts';
import { consoleLines, someLine, type Format } from './format.ts';

const LINE = /^(?:.*?\s)?\[(\d+)\]\s+(?=\S.*:\s*[-+\d.nif])(.*)$/i;
const METRIC =
  /([^\s:][^:\t]*?)\s*:\s*([-+]?(?:[\d.]+(?:e[-+]?\d+)?|nan|inf))(?:\s*\+\s*[\d.]+(?:e[-+]?\d+)?)?(?=\s|$)/gi;
/** The line after these repeats that of the best iteration. */
const SUMMARY = /best iteration is/i;

export const BOOSTING_CONSOLE: Format = {
  name: 'console output of XGBoost or LightGBM',
  read({ text }) {
    if (!someLine(text, (line) => LINE.test(line) && /\]\s+[^\s[].*?(?:-|'s )\S+\s*:/.test(line))) return null;
    const builder = new TableBuilder(
      /'s \S+\s*:/.test(text) ? 'console output of LightGBM' : 'console output of XGBoost',
    );
    let summary = false;
    for (const line of consoleLines(text)) {
      const found = LINE.exec(line);
      if (found && !summary) {
        builder.put('iteration', Number(found[1]));
        for (const [, name, value] of found[2]!.matchAll(METRIC)) builder.put(nameOf(name!), parseLogCell(value!));
        builder.endRow();
      }
      summary = SUMMARY.test(line);
    }
    return [builder.table];
  },
};

/** `valid_0's auc` and `cv_agg's valid auc`; XGBoost has a hyphen between set and metric. */
function nameOf(name: string): string {
  const aggregate = /^cv_agg's (train |valid )?(.*)$/.exec(name);
  if (aggregate) return `${aggregate[1]?.trim() ?? 'valid'}.${aggregate[2]}`;
  return name.replace(/'s /, '.');
}
