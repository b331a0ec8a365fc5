/** @file Lines that name their values, as a training loop of one's own prints them: `Epoch [1/9], train loss: 0.5, val loss: 0.6`. */
import { parseLogCell } from '../cells.ts';
import { clockOf } from '../names/clocks.ts';
import { isIncidental, metricIn } from '../names/metrics.ts';
import { splitOf } from '../names/splits.ts';
import { TableBuilder } from '../table.ts';
import { consoleLines, someLine, type Format } from './format.ts';

const NUMBER = '[-+]?(?:\\d[\\d.]*(?:e[-+]?\\d+)?|nan|inf)';
const VALUE = new RegExp(`([A-Za-z_][A-Za-z0-9_@./()' -]*?)\\s*[:=]\\s*(${NUMBER})(?![\\w/:])%?`, 'gi');
const CLOCK = new RegExp(`\\b(epoch|step|iteration|iter|round)s?\\s*[:=#]?\\s*[[(]?\\s*(\\d+)(?:\\s*/\\s*\\d+)?`, 'gi');

export const NAMED_VALUES: Format = {
  name: 'lines of named values',
  read({ text }) {
    if (!someLine(text, (line) => metricsOf(line).length > 0)) return null;
    const builder = new TableBuilder('lines of named values');
    const said = new Map<string, number>();
    for (const line of consoleLines(text)) {
      const metrics = metricsOf(line);
      const clocks = [...line.matchAll(CLOCK)];
      if (metrics.length === 0 && clocks.length === 0) continue;
      // An epoch may be said on a line before its values.
      for (const [, name, value] of clocks) said.set(name!.toLowerCase(), Number(value));
      if (metrics.length === 0) continue;
      for (const [name, value] of said) builder.put(name, value);
      for (const [name, value] of metrics) builder.put(name, parseLogCell(value));
      builder.endRow();
    }
    return [builder.table];
  },
};

function metricsOf(line: string): [string, string][] {
  return [...line.matchAll(VALUE)]
    .map(([, name, value]): [string, string] => [name!.trim(), value!])
    .filter(
      ([name]) => clockOf(name) === null && !isIncidental(name) && (metricIn(name) !== null || splitOf(name) !== null),
    );
}
