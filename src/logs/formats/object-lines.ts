/** @file JSON lines, and a dictionary that Python prints now and then between other lines, as the Hugging Face Trainer does. */
import { LogError } from '../log-error.ts';
import { consoleLines, headOf, type Format } from './format.ts';
import { parseLiteral, type Literal } from './literal.ts';
import { tablesOf } from './structure.ts';

/** A dictionary, or a list, to the end of the line. */
const VALUE = /(?:\{\s*["'].*\}|^\s*\[.*\])\s*,?\s*$/;

export const OBJECT_LINES: Format = {
  name: 'JSON lines',
  read({ text }) {
    if (!consoleLines(headOf(text)).some(holdsNumbers)) return null;
    const lines = consoleLines(text);
    const pure = /^\s*[[{]/.test(lines[0]!);
    const values: Literal[] = [];
    lines.forEach((line, i) => {
      const found = VALUE.exec(line);
      if (found) values.push(valueIn(found[0].replace(/,\s*$/, ''), i, pure));
      // The job may have been cut off while it wrote its last line.
      else if (pure && /^\s*[[{]/.test(line) && i < lines.length - 1)
        throw new LogError(`line ${i + 1}`, line, 'is not one whole JSON value; give one a line');
    });
    const objects = values.filter((value) => value !== null);
    return tablesOf(objects, pure ? 'JSON lines' : 'dictionaries in console output');
  },
};

function holdsNumbers(line: string): boolean {
  return /\{\s*["'][^{}]*["']\s*:\s*["']?[-+]?(?:[\d.]|nan|inf)/i.test(line) ? VALUE.test(line) : /^\s*\[[-\d. ,enaif]+\]\s*$/i.test(line);
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
