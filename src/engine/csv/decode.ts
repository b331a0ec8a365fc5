/** @file Decodes a file's bytes to text in the encodings that spreadsheets write; refuses what is not text. */
import { CsvError } from './error.ts';

export interface Decoded {
  text: string;
  encoding: 'UTF-8' | 'UTF-16' | 'Windows-1252';
}

/** Files of other kinds that are often taken for tables, by their first bytes. */
const KINDS = [
  { starts: [0x50, 0x4b, 0x03, 0x04], what: 'an Excel workbook or a zip archive; open it and save the sheet as CSV' },
  { starts: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel workbook; open it and save the sheet as CSV' },
  { starts: [0x25, 0x50, 0x44, 0x46], what: 'a PDF; choose a text file with one row per line' },
  { starts: [0x1f, 0x8b], what: 'compressed (gzip); unpack it first' },
  { starts: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file; save the table as CSV' },
] as const;

/** How much of the file is looked at to tell text from other data. */
const SAMPLE_BYTES = 65536;

/** UTF-8 with or without a byte order mark, UTF-16 with one, and Windows-1252 for what is not valid UTF-8. */
export function decode(bytes: Uint8Array): Decoded {
  const begins = (starts: readonly number[]) => starts.every((byte, i) => bytes[i] === byte);
  const kind = KINDS.find(({ starts }) => begins(starts));
  if (kind) throw new CsvError(`This is ${kind.what}.`);
  if (begins([0xff, 0xfe])) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'UTF-16' };
  if (begins([0xfe, 0xff])) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'UTF-16' };
  refuseBinary(bytes.subarray(0, SAMPLE_BYTES));
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' };
  } catch {
    // Not an error: older spreadsheets write their own code page, in which every byte means something.
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' };
  }
}

function refuseBinary(sample: Uint8Array): void {
  let zeros = 0;
  let controls = 0;
  for (const byte of sample) {
    if (byte === 0) zeros++;
    else if (byte < 32 && (byte < 9 || byte > 13)) controls++;
  }
  if (zeros > sample.length / 4 && controls === 0) {
    throw new CsvError('This looks like UTF-16 without a byte order mark; save the file as UTF-8.');
  }
  if (zeros > 0 || controls > sample.length / 100) {
    throw new CsvError('This is a binary file, not text; choose a CSV file with one row per line.');
  }
}
