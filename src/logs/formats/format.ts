/** @file What a format is: how a text of it is known, and how it becomes tables. */
import type { LogTable } from '../table.ts';

/** One file, or what was pasted. */
export interface LogSource {
  /** Of the file, with its folders where they are known; empty for a pasted text. */
  path: string;
  bytes: Uint8Array | null;
  /** Empty for a file that is not text. */
  text: string;
  /** Whether it was only found in a folder. */
  found: boolean;
}

export interface Format {
  /** As it is called in a sentence: `read as …`. */
  name: string;
  /**
   * The tables of a source in this format, null if it is another; throws a LogError where it is this format and cannot be
   * read. Formats are asked in the order of the registry, the ones that are sure of themselves first.
   */
  read(source: LogSource): LogTable[] | null;
}

/** Longer lines are not for people to read: no console prints them, and looking for patterns in them takes long. */
const MAX_LINE = 4000;

/** The lines of a console: without colours, and of a line that was overwritten (`\r`, backspaces) every state. */
export function consoleLines(text: string): string[] {
  return text
    .replace(ESCAPES, '')
    .split(OVERWRITES)
    .filter((line) => line.length <= MAX_LINE && line.trim() !== '');
}

/* eslint-disable no-control-regex */
const ESCAPES = /\x1b\[[0-9;?]*[A-Za-z]/g;
const OVERWRITES = /\r?\n|\r|\x08+/;
/* eslint-enable no-control-regex */

/** The first characters of a text: enough to know a format by, however long the text is. */
export const headOf = (text: string): string => text.slice(0, 100_000);

/** Whether one of the first lines says that the text is of a format. */
export const someLine = (text: string, is: (line: string) => boolean): boolean => consoleLines(headOf(text)).some(is);
