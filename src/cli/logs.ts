/** @file `npm run logs`: what metric histories are read as, one JSON document. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { documentOf } from '../logs/document.ts';
import { LogError } from '../logs/log-error.ts';
import { logOf, type Choices, type Log } from '../logs/log.ts';
import { readLogs, type LogFile } from '../logs/read-logs.ts';
import { Mistake } from './mistake.ts';
import { filesUnder } from './log-files.ts';
import type { Io } from './io.ts';

const USAGE = `usage: npm run --silent logs -- FILE… [--watch NAME] [--judge NAME] [--direction min|max]
FILE: a log of any kind, or a folder of them; NAME: a metric as the log calls it, or as validation/loss
`;

/** Resolves to the exit status: 0, or 2 after a message on standard error. */
export async function main(argv: readonly string[], io: Pick<Io, 'stdout' | 'stderr'>): Promise<number> {
  try {
    const { paths, choices } = asked(argv);
    io.stdout.write(`${JSON.stringify(documentOf(await readLogFiles(paths, choices)))}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Mistake) && !(error instanceof LogError)) throw error;
    io.stderr.write(`logs: ${error.message}\n${error instanceof Mistake ? USAGE : ''}`);
    return 2;
  }
}

function asked(argv: readonly string[]) {
  let given;
  try {
    const text = { type: 'string' as const };
    given = parseArgs({
      args: [...argv],
      options: { watch: text, judge: text, direction: text },
      allowPositionals: true,
    });
  } catch (error) {
    throw new Mistake((error as Error).message);
  }
  if (given.positionals.length === 0) throw new Mistake('no FILE is named; name at least one');
  return { paths: given.positionals, choices: askedChoices(given.values) };
}

/** Throws a Mistake where the direction is none. */
export function askedChoices({
  watch,
  judge,
  direction,
}: {
  watch?: string;
  judge?: string;
  direction?: string;
}): Choices {
  if (direction !== undefined && direction !== 'min' && direction !== 'max')
    throw new Mistake(`--direction: "${direction}" must be min or max`);
  return {
    ...(watch !== undefined && { watch }),
    ...(judge !== undefined && { judge }),
    ...(direction && { direction }),
  };
}

/** Throws a Mistake for a file that cannot be opened, a LogError for what cannot be read. */
export async function readLogFiles(paths: readonly string[], choices: Choices): Promise<Log> {
  const files: LogFile[] = [];
  for (const path of paths) {
    try {
      for (const file of await filesUnder(path))
        files.push({ path: file, content: await readFile(file), found: file !== path });
    } catch (error) {
      throw new Mistake(`${path} cannot be opened (${(error as Error).message}); name a file or a folder`);
    }
  }
  const { runs, notes } = readLogs(files);
  return logOf(runs, notes, choices);
}
