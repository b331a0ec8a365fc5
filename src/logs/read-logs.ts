/** @file Reads metric histories of jobs trained elsewhere, from files of any of the formats or from a pasted text. */
import { FORMATS } from './formats/index.ts';
import type { LogSource } from './formats/format.ts';
import { epochFiles, joinTables } from './join.ts';
import { MAX_BYTES, MAX_RUNS } from './limits.ts';
import { LogError } from './log-error.ts';
import { fileNameOf, tellApart } from './paths.ts';
import { runsOf, type LoggedRun } from './runs.ts';
import type { LogTable } from './table.ts';

export interface LogFile {
  /** With folders where they are known: they name runs and splits. Empty for a pasted text. */
  path: string;
  content: string | Uint8Array;
  /** Whether it was only found in a folder: then it is left out, and named, where it holds no history. */
  found?: boolean;
}

export interface ReadLogs {
  runs: LoggedRun[];
  notes: ReadonlySet<string>;
}

/**
 * The runs in files; throws a LogError that says place, content and remedy. `progressed` hears after each file which share
 * of the characters has been read.
 */
export function readLogs(files: readonly LogFile[], progressed: (share: number) => void = () => {}): ReadLogs {
  const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
  if (bytes > MAX_BYTES)
    throw new LogError(
      'files',
      `${Math.round(bytes / 2 ** 20)} MB`,
      `must be at most ${MAX_BYTES / 2 ** 20} MB; thin the logs out or choose some`,
    );
  const { tables: epochs, others } = epochFiles(files.map(sourceOf));
  const notes = new Set<string>();
  let done = 0;
  const read = others
    .map((source) => {
      const tables = tablesIn(source, files.length > 1, notes);
      done += source.bytes?.length ?? source.text.length;
      progressed(done / bytes);
      return { path: source.path, tables };
    })
    .filter(({ tables }) => tables.length > 0);
  const names = tellApart(read.map(({ path }) => path));
  const tables = [...epochs, ...read.flatMap((file, i) => named(file.tables, names[i]!, read.length > 1))];
  const all = joinTables(withShortRuns(tables));
  const runs = all.length === 0 ? [] : runsOf(all, names[0] || 'run 1', notes);
  if (runs.length > MAX_RUNS)
    throw new LogError('runs', String(runs.length), `must be at most ${MAX_RUNS}; choose some`);
  if (runs.length === 0) throw new LogError('files', 'none', 'must be at least one; choose some');
  for (const { format, columns } of all.slice(0, 1))
    notes.add(`Read as ${format}${columns.length === 0 ? ', which is empty' : ''}.`);
  return { runs: apart(runs), notes };
}

/** A pasted text, as one file. */
export const readLog = (text: string, name = ''): ReadLogs => readLogs([{ path: name, content: text }]);

function sourceOf({ path, content, found = false }: LogFile): LogSource {
  if (typeof content === 'string') return { path, bytes: null, text: trimmed(content), found };
  const text = textOf(content);
  return { path, bytes: content, text: text === null ? '' : trimmed(text), found };
}

/** Without blank lines at the beginning, and without what is blank at the end. */
function trimmed(text: string): string {
  const end = text.trimEnd();
  const first = /[^\s\ufeff]/.exec(end)?.index ?? 0;
  return end.slice(Math.max(end.lastIndexOf('\n', first), end.lastIndexOf('\r', first)) + 1).replace(/^\ufeff/, '');
}

/** UTF-8, or UTF-16 where it begins with its mark, as PowerShell writes it; null for bytes that are no text. */
function textOf(bytes: Uint8Array): string | null {
  const [a, b] = bytes;
  const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
  if (encoding === 'utf-8' && bytes.subarray(0, 4096).includes(0)) return null;
  return new TextDecoder(encoding).decode(bytes);
}

function tablesIn(source: LogSource, several: boolean, notes: Set<string>): LogTable[] {
  try {
    if (source.text === '' && !source.bytes?.includes(0))
      throw new LogError('text', '""', 'is empty; paste at least one value');
    for (const { read } of FORMATS) {
      const tables = read(source);
      if (tables) return tables;
    }
    throw unknown(source);
  } catch (error) {
    if (!(error instanceof LogError) || !several) throw error;
    const file = new LogError(`${fileNameOf(source.path)}, ${error.place}`, error.content, error.remedy);
    if (!source.found) throw file;
    notes.add(`Left out: ${file.message}.`);
    return [];
  }
}

function unknown({ path, text }: LogSource): LogError {
  if (text === '')
    return new LogError(
      fileNameOf(path),
      'a binary file',
      'is read only if it is an event file of TensorBoard; export it as CSV or JSON',
    );
  return new LogError(
    'text',
    text,
    'holds no history that can be read; give a CSV with a header, JSON, or the console output of a training',
  );
}

/** Tables of one of several files are named by it. */
function named(tables: LogTable[], name: string, several: boolean): LogTable[] {
  if (!several) return tables;
  return tables.map((table) =>
    table.joins ? table : { ...table, run: [name, table.run].filter((part) => part !== '').join(' ') },
  );
}

/** Parts of runs are named by their folders, as far as those tell them apart. */
function withShortRuns(tables: readonly LogTable[]): LogTable[] {
  const folders = [...new Set(tables.filter(({ joins }) => joins).map(({ run }) => run))];
  const short = tellApart(folders);
  return tables.map((table) => (table.joins ? { ...table, run: short[folders.indexOf(table.run)]! } : table));
}

/** Runs of one name are numbered. */
function apart(runs: LoggedRun[]): LoggedRun[] {
  const seen = new Map<string, number>();
  return runs.map((run) => {
    const before = seen.get(run.name) ?? 0;
    seen.set(run.name, before + 1);
    return before === 0 ? run : { ...run, name: `${run.name} (${before + 1})` };
  });
}
