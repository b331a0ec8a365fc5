/**
 * @file Before each test file: gives the property tests their seed. With several seeds, a test that has properties runs
 * once more with each of the others, and says which of them failed.
 */
import fc from 'fast-check';
import { afterEach, beforeEach, inject, TestRunner } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    seeds: number[];
  }
}

const [seed, ...others] = inject('seeds');
let hasProperties = false;
const take = (next: number | undefined) =>
  fc.configureGlobal({ seed: next, beforeEach: () => void (hasProperties = true) });

take(seed);

if (others.length > 0) {
  beforeEach(() => {
    take(seed);
    hasProperties = false;
  });

  afterEach(async ({ task }) => {
    if (!hasProperties) return;
    const failures: { seed: number; error: unknown }[] = [];
    for (const other of others) {
      take(other);
      try {
        await TestRunner.getTestFn(task)();
      } catch (error) {
        failures.push({ seed: other, error });
      }
    }
    if (failures.length === 0) return;
    const seeds = failures.map((failure) => failure.seed);
    throw new Error(
      `${seeds.length} of ${others.length} further seeds failed; to see the first alone: ` +
        `PATIENCE_SEED=${seeds[0]} npx vitest run --project ${task.file.projectName} ${task.file.name}\n` +
        `all of them: ${seeds.join(',')}`,
      { cause: failures[0]!.error },
    );
  }, 0);
}
