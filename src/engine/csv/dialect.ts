/** @file Detects a file's delimiter, quotes and decimal separator from its first lines. */
import { CsvError } from './error.ts';

export interface Dialect {
  /** A space: columns are set apart by one or more of them. */
  delimiter: ',' | ';' | '\t' | ' ';
  decimal: '.' | ',';
  quote: '"' | "'";
}

/** In order of preference: a comma may also stand inside numbers, the others hardly ever inside cells. */
const DELIMITERS = ['\t', ';', ','] as const;
const SAMPLE_CHARS = 65536;
const SAMPLE_LINES = 50;

export function dialectOf(text: string): Dialect {
  const quote = quoteOf(text);
  const lines = sampleLines(text, quote);
  const counts = DELIMITERS.map((delimiter) => lines.map((line) => line.split(delimiter).length - 1));
  // The lines that have as many delimiters as the first one: most of them, for the delimiter in use.
  const agreeing = counts.map(([first, ...rest]) => (first ? 1 + rest.filter((count) => count === first).length : 0));
  const most = Math.max(...agreeing);
  if (most === 0) {
    if (spaced(lines)) return { delimiter: ' ', decimal: '.', quote };
    throw new CsvError(
      'There is only one column; a table needs a target and at least one input, separated by commas, semicolons, tabs or spaces.',
    );
  }
  const delimiter = DELIMITERS[agreeing.indexOf(most)]!;
  return { delimiter, quote, decimal: delimiter === ',' ? quotedDecimal(text) : decimalOf(lines, delimiter) };
}

function decimalOf(lines: string[], delimiter: string): '.' | ',' {
  const cells = lines.flatMap((line) => line.split(delimiter));
  const like = (pattern: RegExp) => cells.filter((cell) => pattern.test(cell)).length;
  return like(/^\s*[-+]?\d*,\d+\s*$/) > like(/^\s*[-+]?\d*\.\d+\s*$/) ? ',' : '.';
}

const DOUBLE = /"(?:[^"]|"")*"/g;
const SINGLE = /'(?:[^']|'')*'/g;

/** Single quotes, where they begin and end whole cells more often than double ones do. */
function quoteOf(text: string): Dialect['quote'] {
  const sample = text.slice(0, SAMPLE_CHARS);
  const cells = (quote: string) =>
    [...sample.matchAll(new RegExp(`(?:^|[,;\\t\\n])[ ]*${quote}[^${quote}\\n]*${quote}[ ]*(?=[,;\\t\\r\\n]|$)`, 'g'))]
      .length;
  return cells("'") > cells('"') ? "'" : '"';
}

/** Whether the lines have as many cells between spaces, two at least. */
function spaced(lines: string[]): boolean {
  const counts = lines.map((line) => line.trim().split(/ +/).length);
  // R leaves out the name of the row names.
  const most = counts.at(-1) ?? 0;
  return most > 1 && counts.every((count, i) => count === most || (i === 0 && count === most - 1));
}

/** Among commas a number with a decimal comma has to be quoted; three digits after it may also mean thousands. */
function quotedDecimal(text: string): '.' | ',' {
  const sample = text.slice(0, SAMPLE_CHARS);
  const quoted = sample.match(/"[-+]?\d+,\d+"/g) ?? [];
  const points = sample.match(/(?:^|[,"\n])[-+]?\d*\.\d+(?=[,"\r\n]|$)/g) ?? [];
  return quoted.length > points.length && quoted.some((cell) => !/,\d{3}"$/.test(cell)) ? ',' : '.';
}

/** The first lines that are whole and not blank, quoted text taken out. */
function sampleLines(text: string, quote: Dialect['quote']): string[] {
  const lines = text
    .slice(0, SAMPLE_CHARS)
    .replace(quote === '"' ? DOUBLE : SINGLE, 'x')
    .split(/\r\n|\r|\n/);
  if (text.length > SAMPLE_CHARS && lines.length > 1) lines.pop();
  return lines.filter((line) => line !== '').slice(0, SAMPLE_LINES);
}

/** The text as it is scanned: runs of spaces as one, and a name for R's nameless first column, which is its row names. */
export function prepared(text: string, { delimiter, quote }: Dialect): string {
  const even =
    delimiter === ' '
      ? text
          .replace(/^ +| +$/gm, '')
          .replace(quote === '"' ? /"(?:[^"]|"")*"| {2,}/g : /'(?:[^']|'')*'| {2,}/g, (found) =>
            /^ /.test(found) ? ' ' : found,
          )
      : text;
  const lines = sampleLines(even, quote);
  const counts = lines.map((line) => line.split(delimiter).length);
  const isShort = counts.length > 1 && counts.slice(1).every((count) => count === counts[0]! + 1);
  if (!isShort) return even;
  return delimiter === ' ' ? `${quote}${quote} ${even.trimStart()}` : delimiter + even.replace(/^[\r\n]+/, '');
}
