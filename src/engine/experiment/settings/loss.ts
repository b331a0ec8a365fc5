/** @file What shapes an objective; each only some of them. */
import { numberEntry, otherEntry, type SettingValues } from './kinds.ts';

export const LOSS = {
  /** Of Huber. */
  huberDelta: numberEntry({
    label: 'δ',
    help: 'Errors beyond this count in proportion, not squared.',
    min: 0.001,
    max: 1000,
    default: 1,
    since: { version: 2, before: 1 },
  }),
  /** ε: a label's share becomes (1 − ε)·label + ε / classes. */
  labelSmoothing: numberEntry({
    label: 'label smoothing',
    help: 'Share of each label that is spread evenly over all classes.',
    min: 0,
    max: 0.9,
    default: 0,
    since: { version: 2, before: 0 },
    needs: 'classes',
  }),
  /** γ: the log-probability of a class is weighted with (1 − its probability)^γ. */
  focalGamma: numberEntry({
    label: 'focal γ',
    help: 'Points that are already right count less, the more so the larger this is; 0 is cross-entropy.',
    min: 0,
    max: 5,
    default: 0,
    since: { version: 2, before: 0 },
    needs: 'classes',
  }),
  /** Weights of the training points by their class: one each, balanced over a replica's training set, or by class. */
  classWeights: otherEntry<'none' | 'balanced' | number[]>({
    label: 'class weights',
    help: 'What a point of each class counts: none for alike, balanced for every class alike in total, or a number each, e.g. 1, 5.',
    accepts: (x) =>
      x === 'none' ||
      x === 'balanced' ||
      (Array.isArray(x) && x.length >= 2 && x.every((w) => typeof w === 'number' && w >= 0 && w <= 1000)),
    remedy: 'must be "none", "balanced" or a list of a weight from 0 to 1000 for each class',
    default: 'none',
    since: { version: 2, before: 'none' },
    needs: 'classes',
    invalidates: 'data',
    inLink: '_',
  }),
};

export type LossSettings = SettingValues<typeof LOSS>;
