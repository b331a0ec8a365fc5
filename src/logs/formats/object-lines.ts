/** @file JSON lines, and a dictionary that Python prints now and then between other lines, as the Hugging Face Trainer does. */
import { LogError } from '../log-error.ts';
import { consoleLines, someLine, type Format } from './format.ts';
import { parseLiteral, type Literal } from './literal.ts';
import { tablesOf } from './structure.ts';

/** A dictionary at the end of a line that begins otherwise. */
const DICTIONARY = /\{\s*["'].*\}\s*$/;

export const OBJECT_LINES: Format = {
  name: 'JSON lines',
  read({ text }) {
    if (!someLine(text, holdsNumbers)) return null;
    // A line of pure JSON may be long.
    const pure = /^\s*[[{]/.test(text);
    const lines = pure ? text.split(/\r?\n/).filter((line) => line.trim() !== '') : consoleLines(text);
    const values: Literal[] = [];
    lines.forEach((line, i) => {
      const found = valueOf(line);
      if (found !== null) values.push(valueIn(found, i, pure));
      // The job may have been cut off while it wrote its last line.
      else if (pure && /^\s*[[{]/.test(line) && i < lines.length - 1)
        throw new LogError(`line ${i + 1}`, line, 'is not one whole JSON value; give one a line');
    });
    const objects = values.filter((value) => value !== null);
    const tables = tablesOf(objects, pure ? 'JSON lines' : 'dictionaries in console output');
    if (pure && valueOf(lines.at(-1)!) === null) tables[0]?.notes.push('The last line is cut off and left out.');
    return tables;
  },
};

/** What a line has of a value, to its end. */
function valueOf(line: string): string | null {
  const trimmed = line.trim().replace(/,$/, '');
  if (/^[[{]/.test(trimmed)) return /[\]}]$/.test(trimmed) ? trimmed : null;
  return DICTIONARY.exec(trimmed)?.[0] ?? null;
}

function holdsNumbers(line: string): boolean {
  return /\{\s*["'][^{}]*["']\s*:\s*["']?[-+]?(?:[\d.]|nan|inf)/i.test(line)
    ? valueOf(line) !== null
    : /^\s*\[[-\d. ,enaif]+\]\s*$/i.test(line);
}

function valueIn(text: string, line: number, pure: boolean): Literal {
  try {
    return parseLiteral(text);
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    if (!pure) return null;
    throw new LogError(`line ${line + 1}`, error.content, error.remedy);
  }
}
