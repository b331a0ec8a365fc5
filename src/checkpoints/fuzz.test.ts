/** @file Whatever is stored in the place of one field, the record is read or told apart by a CheckpointError. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SCHEMA_VERSION, CheckpointError } from './checkpoint.ts';
import { sample } from './checkpoint.testing.ts';
import { readBulk, readMeta, withItsPolicy } from './format.ts';
import { tapeFromBulk } from './tape-columns.ts';

const circle: unknown[] = [];
circle.push(circle, circle);
const strange = fc.constantFrom<unknown>(
  ...[undefined, null, NaN, Infinity, -1, 0.5, 1e9, 1e308, 7n, '', 'x', [], [[]], {}, circle, new Map(), new Date(NaN)],
  ...[new Float32Array(0), new Float32Array(8), new Float64Array(4), Int32Array.of(1e9, -7), new Uint8Array(4)],
);

/** The path to each place of a record; arrays of numbers are places of their own. */
const places = (value: unknown): string[][] =>
  typeof value !== 'object' || value === null || ArrayBuffer.isView(value)
    ? []
    : Object.entries(value).flatMap(([key, inner]) => [[key], ...places(inner).map((path) => [key, ...path])]);

/** In place: unlike a document, a record has arrays on the way. */
function spoil(record: unknown, path: readonly string[], value: unknown): void {
  const holder = path.slice(0, -1).reduce((branch, key) => (branch as Record<string, unknown>)[key], record);
  (holder as Record<string, unknown>)[path.at(-1)!] = value;
}

function whole() {
  const { meta, bulk } = structuredClone({ ...sample('a'), tape: null });
  return {
    meta: { ...meta, schema: SCHEMA_VERSION, sizeBytes: 1 },
    bulk: { ...bulk, id: 'a', schema: SCHEMA_VERSION },
  };
}

test('the record as it is can be read', async () => {
  const { meta, bulk } = whole();
  expect(readBulk(await withItsPolicy(readMeta('a', meta)), bulk).tape.length).toBe(3);
});

test('one or two places spoiled', async () => {
  const spot = fc.tuple(fc.constantFrom(...places(whole())), strange);
  await fc.assert(
    fc.asyncProperty(fc.array(spot, { minLength: 1, maxLength: 2 }), async (spots) => {
      const record = whole();
      // The inner place first: the outer may take it away.
      for (const [path, value] of spots.toSorted(([a], [b]) => b.length - a.length)) spoil(record, path, value);
      try {
        const meta = await withItsPolicy(readMeta('a', record.meta));
        const { tape } = readBulk(meta, record.bulk);
        expect(tapeFromBulk({ ...tape.shape, epochs: meta.experiment.training.epochs }, tape).length).toBe(meta.epochs);
      } catch (error) {
        if (!(error instanceof CheckpointError)) throw error;
        expect(error.message.length).toBeLessThan(1000);
      }
    }),
    { numRuns: 3000 },
  );
});
