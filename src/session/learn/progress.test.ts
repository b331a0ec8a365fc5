/** @file What a browser remembers: kept, read back, forgotten; what another version kept is not read. */
import { expect, it } from 'vitest';
import { forgetEverything, NO_PROGRESS, remember, rememberedOf } from './progress.ts';

function store(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (i) => [...kept.keys()][i] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

it('is read back as it was kept', () => {
  const kept = store();
  const progress = { ...NO_PROGRESS, step: 'see', guesses: { stop: { kind: 'flag', epoch: 140 } } } as const;
  remember('one', progress, kept);
  expect(rememberedOf('one', kept)).toMatchObject(progress);
  expect(rememberedOf('two', kept)).toEqual(NO_PROGRESS);
});

it.each(['', '{', 'null', '{"version":2,"step":"see"}', '{"version":1,"step":"nowhere"}'])('%j is not read', (text) => {
  const kept = store();
  kept.setItem('patience-lesson-one', text);
  expect(rememberedOf('one', kept)).toEqual(NO_PROGRESS);
});

it('is forgotten with all that the page keeps, and nothing else', () => {
  const kept = store();
  remember('one', NO_PROGRESS, kept);
  kept.setItem('patience-theme', 'dark');
  kept.setItem('another-page', 'x');
  forgetEverything(kept);
  expect([kept.length, kept.getItem('another-page')]).toEqual([1, 'x']);
});
