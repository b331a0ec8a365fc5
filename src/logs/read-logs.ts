/** @file Reads metric histories of jobs trained elsewhere, from files of any of the formats or from a pasted text. */
import { FORMATS } from './formats/index.ts';
import type { Source } from './formats/format.ts';
import { epochFiles, joined } from './join.ts';
import { MAX_BYTES, MAX_RUNS } from './limits.ts';
import { LogError } from './log-error.ts';
import { placeOf, tellApart } from './paths.ts';
import { runsOf, type LoggedRun } from './runs.ts';
import type { Table } from './table.ts';

export interface LogFile {
  /** With folders where they are known: they name runs and splits. Empty for a pasted text. */
  path: string;
  content: string | Uint8Array;
}

export interface ReadLogs {
  runs: LoggedRun[];
  notes: ReadonlySet<string>;
}

/** The runs in files; throws a LogError that says place, content and remedy. */
export function readLogs(files: readonly LogFile[]): ReadLogs {
  const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
  if (bytes > MAX_BYTES)
    throw new LogError('files', `${Math.round(bytes / 2 ** 20)} MB`, `must be at most ${MAX_BYTES / 2 ** 20} MB; thin the logs out or choose some`);
  const { tables: epochs, others } = epochFiles(files.map(sourceOf));
  const names = tellApart(others.map(({ path }) => path));
  const notes = new Set<string>();
  const tables = [
    ...epochs,
    ...others.flatMap((source, i) => named(tablesIn(source, files.length > 1), names[i]!, others.length > 1)),
  ];
  const all = joined(withShortRuns(tables));
  const runs = all.length === 0 ? [] : runsOf(all, names[0] || 'run 1', notes);
  if (runs.length > MAX_RUNS) throw new LogError('runs', String(runs.length), `must be at most ${MAX_RUNS}; choose some`);
  if (runs.length === 0) throw new LogError('files', 'none', 'must be at least one; choose some');
  for (const { format, columns } of all.slice(0, 1)) notes.add(`Read as ${format}${columns.length === 0 ? ', which is empty' : ''}.`);
  return { runs: apart(runs), notes };
}

/** A pasted text, as one file. */
export const readLog = (text: string, name = ''): ReadLogs => readLogs([{ path: name, content: text }]);

function sourceOf({ path, content }: LogFile): Source {
  if (typeof content === 'string') return { path, bytes: null, text: trimmed(content) };
  const text = textOf(content);
  return { path, bytes: content, text: text === null ? '' : trimmed(text) };
}

const trimmed = (text: string): string => text.replace(/^\ufeff/, '').replace(/^(?:[ \t]*\r?\n)+|\s+$/g, '');

/** UTF-8, or UTF-16 where it begins with its mark, as PowerShell writes it; null for bytes that are no text. */
function textOf(bytes: Uint8Array): string | null {
  const [a, b] = bytes;
  const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
  if (encoding === 'utf-8' && bytes.subarray(0, 4096).includes(0)) return null;
  return new TextDecoder(encoding).decode(bytes);
}

function tablesIn(source: Source, several: boolean): Table[] {
  const place = several ? `${placeOf(source.path)}, ` : '';
  try {
    if (source.text === '' && !source.bytes?.includes(0)) throw new LogError('text', '""', 'is empty; paste at least one value');
    for (const { read } of FORMATS) {
      const tables = read(source);
      if (tables) return tables;
    }
    throw unknown(source);
  } catch (error) {
    if (error instanceof LogError && several) throw new LogError(place + error.place, error.content, error.remedy);
    throw error;
  }
}

function unknown({ path, text }: Source): LogError {
  if (text === '')
    return new LogError(placeOf(path), 'a binary file', 'is read only if it is an event file of TensorBoard; export it as CSV or JSON');
  return new LogError('text', text, 'holds no history that can be read; give a CSV with a header, JSON, or the console output of a training');
}

/** Tables of one of several files are named by it. */
function named(tables: Table[], name: string, several: boolean): Table[] {
  if (!several) return tables;
  return tables.map((table) => (table.joins ? table : { ...table, run: [name, table.run].filter((part) => part !== '').join(' ') }));
}

/** Parts of runs are named by their folders, as far as those tell them apart. */
function withShortRuns(tables: readonly Table[]): Table[] {
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
