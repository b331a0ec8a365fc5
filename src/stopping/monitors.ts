/** @file What a rule may watch, and where the tape has it. */
import { MONITORS, type Monitor } from '../engine/experiment.ts';
import type { Curve } from '../engine/tape.ts';

const CURVES = {
  'validation-loss': 'validationLoss',
  'training-loss': 'trainLoss',
  'validation-accuracy': 'validationAccuracy',
  'validation-error-rate': 'validationAccuracy',
  'validation-f1': 'validationF1',
  'validation-brier': 'validationBrier',
  'validation-calibration-error': 'validationCalibrationError',
} as const satisfies Record<Monitor, Curve>;

/** What every run records; the others need classes. */
const OF_ALL: readonly Monitor[] = ['validation-loss', 'training-loss'];

export function monitorsOf({ classification }: { classification: boolean }): readonly Monitor[] {
  return classification ? MONITORS : OF_ALL;
}

/** Whether it is to grow. */
export const grows = (monitor: Monitor): boolean => monitor === 'validation-accuracy' || monitor === 'validation-f1';

/** What is watched, in the places of the recorded curves; undefined where they lack it. */
export function watched(
  curves: Readonly<Partial<Record<Curve, Float32Array>>>,
  monitor: Monitor,
): Float32Array | undefined {
  const curve = curves[CURVES[monitor]];
  return monitor === 'validation-error-rate' ? curve?.map((accuracy) => 1 - accuracy) : curve;
}
