/** @file Prechelt's rules against published answers, worked examples and their definitions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SettingsOf } from '../../rule.ts';
import { generalisationLoss, GL, PQ } from './generalisation-loss.ts';
import { progress } from './strips.ts';
import { started, stopOf } from './research.testing.ts';
import { UP } from './up.ts';

const ALONE = { minProgress: null, maxEpochs: null };
const gl = (over: Partial<SettingsOf<typeof GL.parameters>>) => started(GL, { ...ALONE, ...over });
const pq = (over: Partial<SettingsOf<typeof PQ.parameters>>) => started(PQ, { ...ALONE, ...over });
const up = (over: Partial<SettingsOf<typeof UP.parameters>>) => started(UP, { ...ALONE, ...over });

/** Published with EarlyStopping.jl, epochs from 1. */
const JULIA = [10, 8, 9, 10, 11, 12, 12, 13, 14, 15, 16, 17, 16];
/** Worked out from the formulas of the paper. */
const V = [1, 0.9, 0.8, 0.7, 0.65, 0.62, 0.6, 0.61, 0.63, 0.66, 0.68, 0.7, 0.72, 0.74, 0.78];
const T = [1, 0.85, 0.7, 0.6, 0.5, 0.45, 0.41, 0.38, 0.36, 0.345, 0.335, 0.328, 0.323, 0.32, 0.318];

describe('published answers', () => {
  it.each([
    [12, 3],
    [20, 4],
    [40, 6],
    [90, 11],
    [110, 12],
    [1000, null],
  ])('GL %d stops after %s', (alpha, stop) => {
    expect(stopOf(gl({ alpha }), JULIA)).toBe(stop);
  });

  it.each([
    [1, 3],
    [2, 4],
    [3, 5],
    [4, 6],
    [5, 12],
    [6, null],
  ])('%d successive rises of single epochs stop after %s', (s, stop) => {
    expect(stopOf(up({ s, strip: 1 }), JULIA)).toBe(stop);
  });

  it('progress of a strip', () => {
    expect(progress([2, 3, 6, 7])).toBe(1250);
  });
});

describe('worked example in strips of 5', () => {
  it('has the progress and the quotients of the formulas', () => {
    // Hand-computed to six decimals.
    expect(progress(T.slice(0, 5))).toBeCloseTo(460, 6);
    expect(progress(T.slice(5, 10))).toBeCloseTo(127.536232, 6);
    expect(progress(T.slice(10, 15))).toBeCloseTo(21.383648, 6);
    expect(generalisationLoss(0.78, 0.6, 1) / progress(T.slice(10, 15))).toBeCloseTo(1.402941, 6);
  });

  it('stops as worked out', () => {
    expect([0.05, 0.1, 1, 2].map((alpha) => stopOf(pq({ alpha }), V, T))).toEqual([10, 15, 15, null]);
    expect([1, 2, 3].map((s) => stopOf(up({ s }), V, T))).toEqual([10, 15, null]);
    expect([1, 2, 3, 5, 20].map((alpha) => stopOf(gl({ alpha }), V, T))).toEqual([8, 9, 9, 9, 14]);
  });

  it('keeps the epoch of the lowest loss and says why', () => {
    const watch = gl({ alpha: 4 });
    stopOf(watch, V, T);
    expect([watch.best, watch.wait]).toEqual([6, 2]);
    expect(watch.why()).toBe('Stopped after 9 epochs: generalisation loss 5 % (alpha 4), best 0.6 at epoch 7.');
  });

  it('ends by the complement where the criterion never fires', () => {
    for (const start of [gl, pq, up]) {
      const never = { alpha: 1000, s: 9 };
      // Progress is 127.5 at the second strip's end and 21.4 at the third's.
      expect(stopOf(start({ ...never, minProgress: 200 }), V, T)).toBe(10);
      expect(stopOf(start({ ...never, minProgress: 100 }), V, T)).toBe(15);
      expect(stopOf(start({ ...never, maxEpochs: 12 }), V, T)).toBe(12);
    }
    const watch = up({ s: 9, maxEpochs: 12 });
    stopOf(watch, V, T);
    expect(watch.why()).toContain('12 epochs is the most that it allows');
  });
});

describe('properties', () => {
  const losses = fc.array(fc.double({ min: 0.01, max: 10, noNaN: true }), { minLength: 1, maxLength: 60 });
  const last = (stop: number | null) => stop ?? Infinity;

  it('GL stops where the definition says so', () => {
    fc.assert(
      fc.property(losses, fc.double({ min: 0, max: 300, noNaN: true }), (values, alpha) => {
        const first = values.findIndex((v, i) => 100 * (v / Math.min(...values.slice(0, i + 1)) - 1) > alpha);
        expect(stopOf(gl({ alpha }), values)).toBe(first === -1 ? null : first + 1);
      }),
    );
  });

  it('UP stops where the definition says so', () => {
    fc.assert(
      fc.property(losses, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 }), (values, s, strip) => {
        const fires = (t: number, n: number): boolean =>
          t - strip >= 1 && values[t - 1]! > values[t - strip - 1]! && (n === 1 || fires(t - strip, n - 1));
        const ends = values.map((_, i) => i + 1).filter((t) => t % strip === 0);
        expect(stopOf(up({ s, strip }), values)).toBe(ends.find((t) => fires(t, s)) ?? null);
      }),
    );
  });

  it('a more tolerant criterion never stops earlier', () => {
    fc.assert(
      fc.property(losses, fc.nat(100), fc.nat(100), (values, a, b) => {
        expect(last(stopOf(gl({ alpha: a + b }), values))).toBeGreaterThanOrEqual(
          last(stopOf(gl({ alpha: a }), values)),
        );
        expect(last(stopOf(pq({ alpha: (a + b) / 50 }), values, values))).toBeGreaterThanOrEqual(
          last(stopOf(pq({ alpha: a / 50 }), values, values)),
        );
        expect(last(stopOf(up({ s: a + b + 1 }), values))).toBeGreaterThanOrEqual(
          last(stopOf(up({ s: a + 1 }), values)),
        );
      }),
    );
  });

  it('a growing metric is the mirror image of a shrinking one', () => {
    fc.assert(
      fc.property(losses, fc.nat(50), (values, alpha) => {
        const negative = values.map((v) => -v);
        expect(stopOf(gl({ alpha, mode: 'max' }), negative)).toBe(stopOf(gl({ alpha }), values));
        expect(stopOf(up({ s: 2, mode: 'max' }), negative)).toBe(stopOf(up({ s: 2 }), values));
      }),
    );
  });

  it('NaN and missing values neither stop nor improve', () => {
    const watch = gl({ alpha: 5 });
    expect(stopOf(watch, [NaN, 1, NaN, null, 0.9, NaN, 0.96])).toBe(7);
    expect(watch.best).toBe(4);
    expect(stopOf(gl({ alpha: 1000 }), [1, 0, 0, 1e-9])).toBe(4);
    expect(stopOf(up({ s: 1, strip: 1 }), [1, NaN, 2, null, 3])).toBeNull();
  });
});
