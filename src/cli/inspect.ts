/** @file `npm run inspect`: what a file is, one JSON document; files from anywhere, so nothing in them is trusted. */
import { readFile, stat } from 'node:fs/promises';
import { FileError, MAX_FILE_BYTES } from '../exports/inspect/file-error.ts';
import { inspect } from '../exports/inspect/inspect.ts';
import type { Io } from './io.ts';
import { Mistake } from './mistake.ts';

const USAGE = `usage: npm run --silent inspect -- FILE
FILE: a model, experiment, outcome or table that Patience wrote
`;

/** Resolves to the exit status: 0, or 2 after a message on standard error. */
export async function main(argv: readonly string[], io: Pick<Io, 'stdout' | 'stderr'>): Promise<number> {
  try {
    const [file] = argv;
    if (file === undefined || argv.length > 1) throw new Mistake('name one FILE');
    io.stdout.write(`${legible({ file, ...inspect(await read(file)) })}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Mistake) && !(error instanceof FileError)) throw error;
    io.stderr.write(`inspect: ${error.message}\n${error instanceof Mistake ? USAGE : ''}`);
    return 2;
  }
}

/** Indented JSON, lists of numbers in one line. */
function legible(document: object): string {
  return JSON.stringify(document, null, 2).replace(/\[[\s\d.,e+-]*\]/g, (list) => list.replace(/\s+/g, ' '));
}

async function read(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    // Before it is read into memory.
    if (size > MAX_FILE_BYTES) throw new FileError(`file: has ${size} bytes; at most ${MAX_FILE_BYTES} are read`);
    return new Uint8Array(await readFile(file));
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw new Mistake(`${file} cannot be read (${(error as Error).message})`);
  }
}
