/** @file The options of `npm run bench`. */
import { parseArgs } from 'node:util';
import { CONTENDERS, type ContenderName } from './contenders.ts';

export interface Options {
  quick: boolean;
  baseline: ContenderName;
  contenders: ContenderName[];
  json: boolean;
  file: string | null;
  results: boolean;
}

const USAGE = `npm run bench -- [options]
  --quick            the base case only, in less than a minute
  --only <names>     these contenders, separated by commas
  --baseline <name>  whose time the ratios are of
  --json [file]      JSON instead of tables, or written to a file beside them
  --results          writes bench/RESULTS.md
Contenders: ${CONTENDERS.join(', ')}.`;

/** Ends the process, with what is possible, if something else was asked for. */
export function optionsOf(args: string[]): Options {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string', default: CONTENDERS.join(',') },
        baseline: { type: 'string', default: 'tfjs webgpu' },
        json: { type: 'boolean', default: false },
        results: { type: 'boolean', default: false },
      },
    });
    if (positionals.length > (values.json ? 1 : 0)) throw new Error(`"${positionals.at(-1)}" is not understood`);
    return {
      ...values,
      baseline: contender(values.baseline),
      contenders: values.only.split(',').map(contender),
      file: positionals[0] ?? null,
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
}

function contender(name: string): ContenderName {
  const found = CONTENDERS.find((one) => one === name.trim());
  if (!found) throw new Error(`"${name}" is no contender`);
  return found;
}
