/** @file The rules over a set of runs by the names that the command line takes. */
import { OPTUNA_HYPERBAND, OPTUNA_SUCCESSIVE_HALVING } from './optuna-halving.ts';
import { OPTUNA_MEDIAN, OPTUNA_PATIENT, OPTUNA_PERCENTILE, OPTUNA_THRESHOLD } from './optuna.ts';
import { RAY_ASHA, RAY_MAXIMUM_ITERATION, RAY_MEDIAN_STOPPING, RAY_TRIAL_PLATEAU } from './ray-tune.ts';

export const RUNS_RULES = {
  'optuna-median': OPTUNA_MEDIAN,
  'optuna-percentile': OPTUNA_PERCENTILE,
  'optuna-patient': OPTUNA_PATIENT,
  'optuna-threshold': OPTUNA_THRESHOLD,
  'optuna-successive-halving': OPTUNA_SUCCESSIVE_HALVING,
  'optuna-hyperband': OPTUNA_HYPERBAND,
  'ray-asha': RAY_ASHA,
  'ray-median-stopping': RAY_MEDIAN_STOPPING,
  'ray-trial-plateau': RAY_TRIAL_PLATEAU,
  'ray-maximum-iteration': RAY_MAXIMUM_ITERATION,
};
