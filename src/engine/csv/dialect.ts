/** @file Detects a file's delimiter and decimal separator from its first lines. */
import { CsvError } from './error.ts';

export interface Dialect {
  delimiter: ',' | ';' | '\t';
  decimal: '.' | ',';
}

/** In order of preference: a comma may also stand inside numbers, the others hardly ever inside cells. */
const DELIMITERS = ['\t', ';', ','] as const;
const SAMPLE_CHARS = 65536;
const SAMPLE_LINES = 50;

export function dialectOf(text: string): Dialect {
  const lines = sampleLines(text);
  const counts = DELIMITERS.map((delimiter) => lines.map((line) => line.split(delimiter).length - 1));
  // The lines that have as many delimiters as the first one: most of them, for the delimiter in use.
  const agreeing = counts.map(([first, ...rest]) => (first ? 1 + rest.filter((count) => count === first).length : 0));
  const most = Math.max(...agreeing);
  if (most === 0) {
    throw new CsvError(
      'There is only one column; a table needs a target and at least one input, separated by commas, semicolons or tabs.',
    );
  }
  const delimiter = DELIMITERS[agreeing.indexOf(most)]!;
  return { delimiter, decimal: delimiter === ',' ? '.' : decimalOf(lines, delimiter) };
}

function decimalOf(lines: string[], delimiter: string): '.' | ',' {
  const cells = lines.flatMap((line) => line.split(delimiter));
  const like = (pattern: RegExp) => cells.filter((cell) => pattern.test(cell)).length;
  return like(/^\s*[-+]?\d*,\d+\s*$/) > like(/^\s*[-+]?\d*\.\d+\s*$/) ? ',' : '.';
}

/** The first lines that are whole and not blank, quoted text taken out. */
function sampleLines(text: string): string[] {
  const lines = text
    .slice(0, SAMPLE_CHARS)
    .replace(/"(?:[^"]|"")*"/g, 'x')
    .split(/\r\n|\r|\n/);
  if (text.length > SAMPLE_CHARS && lines.length > 1) lines.pop();
  return lines.filter((line) => line !== '').slice(0, SAMPLE_LINES);
}
