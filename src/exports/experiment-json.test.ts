/** @file Whatever stands in a file, it is an experiment or a list of problems, each with its field and a remedy. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { experiments } from '../engine/experiment/arbitrary-experiment.testing.ts';
import { set } from '../engine/experiment/tree.ts';
import { withPolicy } from '../stopping/experiment-policy.ts';
import { RULES } from '../stopping/rules/index.ts';
import { experimentFile, readExperiment } from './experiment-json.ts';

function read(text: string) {
  const parsed = readExperiment(text);
  const complete = parsed.ok ? withPolicy(parsed.experiment, RULES) : parsed;
  if (!complete.ok) for (const { path, remedy } of complete.problems) expect(path && remedy).not.toBe('');
  return complete;
}
const textOf = (bytes: Uint8Array | string) => (typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes));

test.each([
  ['nothing', '', 'must be JSON'],
  ['brackets 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000), '64 brackets'],
  ['objects 100,000 deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, '64 brackets'],
  ['a text of two million characters', JSON.stringify({ seed: 'x'.repeat(2_000_000) }), 'at most 1048576 characters'],
  ['a list of 100,000 stages', `{"stages":[${'1,'.repeat(100_000)}1]}`, 'at most 1000 items'],
  ['a name that JavaScript has', '{"version": 4, "__proto__": {"name": "x"}}', 'is not a known field'],
  ['a name of every object', '{"version": 4, "toString": {"name": "x"}}', 'is not a known field'],
  ['an optimizer that is no text', '{"training": {"optimizer": {"name": {"a": 1}}}}', 'must name one of'],
])('%s is one problem', (_, text, remedy) => {
  expect(read(text)).toMatchObject({ ok: false, problems: [{ remedy: expect.stringContaining(remedy) }] });
});

test('any JSON, and any text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      expect(typeof read(text).ok).toBe('boolean');
    }),
  );
});

test('an experiment with anything in the place of one of its fields', () => {
  const paths = (value: unknown): string[][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, inner]) => [[key], ...paths(inner).map((path) => [key, ...path])])
      : [];
  const strange = fc.oneof(
    fc.constantFrom<unknown>(null, [], {}, '', -1, 1e308, 2 ** 53, 'own', [null], [[]], { name: 'x' }, { any: [] }),
    fc.jsonValue(),
    fc.dictionary(fc.constantFrom('__proto__', 'constructor', 'name', 'rule', 'any', 'all'), fc.jsonValue()),
  );
  const spoiled = experiments.chain((experiment) =>
    fc
      .tuple(fc.constantFrom(...paths(experiment)), strange, fc.constantFrom(1, 2, 3, 4))
      .map(([path, value, version]) => set({ ...experiment, version }, path, value)),
  );
  fc.assert(
    fc.property(spoiled, (document) => {
      const parsed = read(JSON.stringify(document));
      if (parsed.ok) expect(read(textOf(experimentFile(parsed).bytes))).toEqual(parsed);
    }),
    { numRuns: 500 },
  );
});
