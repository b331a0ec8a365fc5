/** @file What a rule may look at, and where the tape has it. */
import { measuresGradients } from '../engine/training/batch-schedules.ts';
import { METRICS, type Experiment, type Metric, type Monitor } from '../engine/experiment/experiment.ts';
import { classifies } from '../engine/model/objectives.ts';
import type { TapeCurve } from '../engine/record/tape.ts';
import { METERS, type Measure } from './rule.ts';

const CURVES = {
  'validation-loss': 'validationLoss',
  'training-loss': 'trainLoss',
  'validation-accuracy': 'validationAccuracy',
  'validation-error-rate': 'validationAccuracy',
  'validation-f1': 'validationF1',
  'validation-brier': 'validationBrier',
  'validation-calibration-error': 'validationCalibrationError',
  'gradient-evidence': 'gradientEvidence',
  'gradient-disparity': 'gradientDisparity',
  'prediction-changes': 'predictionChanges',
  updates: 'updates',
  examples: 'examples',
  flops: 'flops',
  seconds: 'seconds',
} as const satisfies Record<Measure, TapeCurve>;

/** What every run records; the others need classes. */
const OF_ALL: readonly Metric[] = ['validation-loss', 'training-loss'];

export function monitorsOf({ classification }: { classification: boolean }): readonly Metric[] {
  return classification ? METRICS : OF_ALL;
}

/** What a run records, `gradients` if their noise is measured after every epoch. */
export function measuresOf({ classification, gradients }: Record<'classification' | 'gradients', boolean>): Measure[] {
  return [
    ...monitorsOf({ classification }),
    ...(classification ? (['prediction-changes'] as const) : []),
    ...(gradients ? (['gradient-evidence', 'gradient-disparity'] as const) : []),
    ...METERS,
  ];
}

/** What a run of this experiment will record. */
export function measuresIn({ objective, training }: Experiment): Measure[] {
  return measuresOf({ classification: classifies(objective), gradients: measuresGradients(training) });
}

/** Whether it is to grow. */
export const grows = (monitor: Monitor): boolean => monitor === 'validation-accuracy' || monitor === 'validation-f1';

/** What is measured, in the places of the recorded curves; undefined where they lack it. */
export function watched(
  curves: Readonly<Partial<Record<TapeCurve, Float32Array>>>,
  measure: Measure,
): Float32Array | undefined {
  const curve = curves[CURVES[measure]];
  return measure === 'validation-error-rate' ? curve?.map((accuracy) => 1 - accuracy) : curve;
}
