/** @file The epochs of a table twin. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { twinEpochs } from './twin-epochs.ts';

it('lists the first and the last epoch, in order, each once, and few enough to read', () => {
  expect(twinEpochs(0)).toEqual([]);
  expect(twinEpochs(1)).toEqual([0]);
  expect(twinEpochs(400).map((e) => e + 1)).toEqual([
    1, 2, 4, 8, 16, 32, 40, 80, 120, 160, 200, 240, 280, 320, 360, 400,
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10000 }), (length) => {
      const epochs = twinEpochs(length);
      expect([epochs[0], epochs.at(-1)]).toEqual([0, length - 1]);
      expect(epochs.length).toBeLessThanOrEqual(20);
      for (let i = 1; i < epochs.length; i++) expect(epochs[i]).toBeGreaterThan(epochs[i - 1]!);
    }),
  );
});
