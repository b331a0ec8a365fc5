/**
 * @file The worker that reads the reader's logs; the page stays free while it does. What was read last is kept in this
 * module, which relies on being evaluated once: logs-entry.ts sees to that.
 */
import type { Choices } from '../logs/log.ts';
import { LogError } from '../logs/log-error.ts';
import { MAX_BYTES } from '../logs/limits.ts';
import { readLogs, type LogFile, type ReadLogs } from '../logs/read-logs.ts';
import { buffersOf, logData, type LogData } from '../logs/run-data.ts';

/** A file as the reader chose or dropped it; `path` has its folders where they are known. */
export interface ChosenFile {
  path: string;
  file: File;
  /** Whether it was only found in a folder. */
  found: boolean;
}

/** `request` counts upwards and comes back with the answer. */
export type LogsCommand =
  | { type: 'read'; request: number; text: string; files: readonly ChosenFile[] }
  /** Looks at what was read last in another way. */
  | { type: 'choose'; request: number; choices: Choices };

export type LogsEvent =
  | { type: 'read'; request: number; log: LogData }
  | { type: 'chosen'; request: number; log: LogData }
  /** How far reading is, 0 to 1. */
  | { type: 'progressed'; share: number; words: string }
  /** Nothing has changed: what was read before, if anything, is still there. */
  | { type: 'refused'; request: number; message: string };

/** Opening files is the shorter part of reading them. */
const OPENED = 0.3;

let read: ReadLogs | null = null;

async function answer(command: LogsCommand): Promise<LogsEvent> {
  const { type, request } = command;
  switch (type) {
    case 'read': {
      const found = readLogs(await contentsOf(command), (share) => tell(OPENED + (1 - OPENED) * share, 'Reading'));
      const log = logData(found);
      read = found;
      return { type, request, log };
    }
    case 'choose':
      if (!read) throw new LogError('text', 'nothing', 'has been read yet; paste or choose a log');
      return { type: 'chosen', request, log: logData(read, command.choices) };
    default:
      return type satisfies never;
  }
}

async function contentsOf({ text, files }: Extract<LogsCommand, { type: 'read' }>): Promise<LogFile[]> {
  if (files.length === 0) return [{ path: '', content: text }];
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  // Before a byte of it is in memory.
  if (bytes > MAX_BYTES) return readTooMuch(bytes);
  const opened: LogFile[] = [];
  for (const { path, file, found } of files) {
    opened.push({ path, content: new Uint8Array(await file.arrayBuffer()), found });
    tell((OPENED * opened.length) / files.length, `Opening ${opened.length} of ${files.length} files`);
  }
  return opened;
}

function readTooMuch(bytes: number): never {
  throw new LogError(
    'files',
    `${Math.round(bytes / 2 ** 20)} MB`,
    `must be at most ${MAX_BYTES / 2 ** 20} MB; thin the logs out or choose some`,
  );
}

const tell = (share: number, words: string) => postMessage({ type: 'progressed', share, words } satisfies LogsEvent);

export function receive(command: LogsCommand): void {
  void answer(command)
    .catch((error: unknown): LogsEvent => {
      const message = error instanceof LogError ? error.message : `The logs could not be read: ${String(error)}`;
      return { type: 'refused', request: command.request, message };
    })
    .then((event) => {
      postMessage(event, { transfer: event.type === 'read' || event.type === 'chosen' ? buffersOf(event.log) : [] });
    });
}
