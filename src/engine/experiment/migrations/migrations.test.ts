/** @file The chain of migrations: kept documents of every version are read, whole or in part, and nothing newer is. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseAnyVersion, withDefaults } from '../defaults.ts';
import { DEFAULT_EXPERIMENT } from '../experiment.ts';
import { parse } from '../schema.ts';
import { CURRENT_VERSION, defaultsOfVersion, migrated, STEPS, versionOf } from './index.ts';

const folder = new URL('kept/', import.meta.url);
/** Whole documents, as the code of their day wrote them; the file's name begins with the version. */
const kept = readdirSync(folder).map(
  (name) => [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { version: number }[]] as const,
);

it('has one step for each version but the current one', () => {
  expect(STEPS.map(({ from }) => from)).toEqual(Array.from({ length: CURRENT_VERSION - 1 }, (_, i) => i + 1));
  expect(DEFAULT_EXPERIMENT.version).toBe(CURRENT_VERSION);
});

it('has a kept document of each version but the current one', () => {
  const versions = new Set(kept.flatMap(([, documents]) => documents.map(({ version }) => version)));
  expect([...versions].sort()).toEqual(STEPS.map(({ from }) => from));
});

it.each(kept)('reads %s, whole and laid over the defaults of its version', (name, documents) => {
  for (const document of documents) {
    expect(`${document.version}`).toBe(name.split('-')[0]);
    const parsed = parseAnyVersion(document);
    expect(parsed).toMatchObject({ ok: true, experiment: { version: CURRENT_VERSION } });
    expect(withDefaults(document)).toEqual(parsed);
  }
});

it('reads a partial document of any version over the defaults of that version', () => {
  for (let version = 1; version <= CURRENT_VERSION; version++) {
    expect(withDefaults({ version })).toEqual({ ok: true, experiment: DEFAULT_EXPERIMENT });
    expect(defaultsOfVersion(version, DEFAULT_EXPERIMENT)).toMatchObject({ version });
  }
  expect(withDefaults({})).toEqual({ ok: true, experiment: DEFAULT_EXPERIMENT });
  expect(withDefaults({ training: { epochs: 5 } })).toMatchObject({ experiment: { training: { epochs: 5 } } });
});

it('leaves a document of the current version alone, and counts one without a version as of the first', () => {
  expect(migrated(DEFAULT_EXPERIMENT)).toBe(DEFAULT_EXPERIMENT);
  expect(migrated('nonsense')).toBe('nonsense');
  expect(versionOf({ seed: 3 })).toBe(1);
});

it.each([
  [CURRENT_VERSION + 1, 'a newer document needs a newer Patience'],
  [0, 'must be a whole number from 1 to'],
  [1.5, 'must be a whole number from 1 to'],
  ['1', 'must be a whole number from 1 to'],
  [null, 'must be a whole number from 1 to'],
])('refuses version %j, and says nothing of the rest', (version, remedy) => {
  for (const parsed of [parseAnyVersion({ version, colour: 'blue' }), withDefaults({ version, colour: 'blue' })]) {
    expect(parsed).toEqual({
      ok: false,
      problems: [{ path: 'version', value: version, remedy: expect.stringContaining(remedy) }],
    });
  }
});

it('takes an earlier version for an error where a current one is due', () => {
  expect(parse({ ...DEFAULT_EXPERIMENT, version: 1 })).toMatchObject({ ok: false, problems: [{ path: 'version' }] });
});
