/** @file Shared by the tests of the reader: files of the fixtures, and what is read as a short table. */
import { logOf, type Choices, type Log } from './log.ts';
import { readLogs } from './read-logs.ts';
import type { LogValues } from './curves.ts';

const FIXTURES = import.meta.glob<string>('./fixtures/**/*', { query: '?raw', import: 'default', eager: true });

export function readFixtures(names: readonly string[], choices?: Choices): Log {
  const { runs, notes } = readLogs(names.map((name) => ({ path: name, content: FIXTURES[`./fixtures/${name}`]! })));
  return logOf(runs, notes, choices);
}

export function readText(text: string, choices?: Choices): Log {
  const { runs, notes } = readLogs([{ path: '', content: text }]);
  return logOf(runs, notes, choices);
}

/** `validation/loss`, `validation/a/loss` and the like, with their values, by the name of the run. */
export function valuesOf({ runs }: Log): Record<string, Record<string, LogValues>> {
  return Object.fromEntries(
    runs.map(({ name, curves }) => [
      name,
      Object.fromEntries(
        curves.map(({ split, set, metric, values }) => [[split, set, metric].filter(Boolean).join('/'), values]),
      ),
    ]),
  );
}
