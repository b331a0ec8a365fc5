/**
 * @file Runs the property tests with fresh seeds: `npm run fuzz -- [--seeds 20] [--project unit|browser] [files …]`,
 * where a file may be a part of its path, as for vitest.
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { seeds: { type: 'string', default: '20' }, project: { type: 'string', default: '*' } },
  allowPositionals: true,
});
const count = Number(values.seeds);
if (!Number.isInteger(count) || count < 1) {
  console.error(`--seeds is "${values.seeds}": give a whole number from 1 on.`);
  process.exit(2);
}

const files = propertyFiles().filter(
  (file) => positionals.length === 0 || positionals.some((part) => file.includes(path.normalize(part))),
);
if (files.length === 0) {
  console.error(`No property test has ${positionals.join(' or ')} in its path.`);
  process.exit(2);
}
const seeds = Array.from({ length: count }, () => randomInt(2 ** 31)).join(',');
console.log(`${files.length} files, PATIENCE_SEED=${seeds}`);
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', values.project, ...files],
  { stdio: 'inherit', env: { ...process.env, PATIENCE_SEED: seeds } },
);
process.exitCode = status ?? 1;

/** @returns {string[]} the test files that import fast-check, themselves or through a file beside the tests */
function propertyFiles() {
  const sources = ['src', 'datasets', 'scripts', 'bench'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
  );
  const imports = new Map(
    sources
      .filter((file) => file.endsWith('.ts'))
      .map((file) => {
        const names = [...readFileSync(file, 'utf8').matchAll(/ from '([^']+)'/g)].map((match) => match[1] ?? '');
        const local = (/** @type {string} */ name) => path.join(path.dirname(file), name);
        return [file, names.map((name) => (name.startsWith('.') ? local(name) : name))];
      }),
  );
  const reached = new Set(['fast-check']);
  // A set grows while it is walked: what is added is walked as well.
  for (const module of reached) {
    for (const [file, names] of imports) if (names.includes(module)) reached.add(file);
  }
  return [...reached].filter((file) => file.endsWith('.test.ts')).toSorted();
}
