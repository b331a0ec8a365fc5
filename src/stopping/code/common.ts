/** @file Rules of libraries in the form of Keras's, where they stop at the same epochs: for the code of other libraries. */
import type { Monitor, RulePolicy, Setting } from '../../engine/experiment/experiment.ts';
import { grows } from '../monitors.ts';
import type { Rule, SettingsOf } from '../rule.ts';
import { RULES } from '../rules/index.ts';
import { EDGES, LEAST_TOL } from './edges.ts';
import { edge, abortsOnMissing } from './notes.ts';
import type { RuleForCode, Note } from './snippet.ts';

type Settings<Name extends keyof typeof RULES> =
  (typeof RULES)[Name] extends Rule<infer P> ? SettingsOf<P> & { monitor: Monitor } : never;

const UP: readonly unknown[] = ['max', 'greater', 'true'];
const DOWN: readonly unknown[] = ['min', 'less', 'false'];

/** The direction by what a library calls it; where that leaves it open an accuracy or F1 is to grow, all else to shrink. */
export function modeOf(choice: Setting | undefined, monitor: Monitor): Pick<RuleForCode, 'mode' | 'modeChosen'> {
  if (UP.includes(choice)) return { mode: 'max', modeChosen: true };
  if (DOWN.includes(choice)) return { mode: 'min', modeChosen: true };
  return { mode: grows(monitor) ? 'max' : 'min', modeChosen: false };
}

/** A policy of Keras 3 or tf.keras 2 as it stands. */
export function fromKeras(policy: RulePolicy): RuleForCode {
  const { monitor, ...s } = policy as unknown as Settings<'keras'>;
  return {
    monitor,
    ...modeOf(s.mode, monitor),
    patience: s.patience,
    minDelta: s.min_delta,
    creeps: false,
    baseline: s.baseline,
    startFromEpoch: s.start_from_epoch,
    restoreBestWeights: s.restore_best_weights,
  };
}

type Form = Pick<RuleForCode, 'mode' | 'modeChosen' | 'patience' | 'minDelta'> & Partial<RuleForCode>;

/** Either the form, or why there is none, as the end of a sentence. */
const FORMS = {
  keras: (s: Settings<'keras'>) => {
    const rule = fromKeras({ ...s, rule: 'keras' });
    return { ...rule, minDelta: Math.abs(rule.minDelta) };
  },
  patience: ({ unit, minDelta, restoreBestWeights, ...s }: Settings<'patience'>) =>
    unit === 'epochs'
      ? { ...s, ...modeOf(s.mode, s.monitor), minDelta, restoreBestWeights }
      : `it counts the patience in epochs, not in ${unit}`,
  'tf-keras': (s: Settings<'tf-keras'>) => {
    if (s.patience === 0) return 'with patience 0 tf.keras 2 stops at once from the second epoch on';
    if (s.baseline !== null) return 'tf.keras 2 stops a run below its baseline also while it improves';
    const rule = fromKeras({ ...s, rule: 'keras' });
    return { ...rule, minDelta: Math.abs(rule.minDelta) };
  },
  tfjs: (s: Settings<'tfjs'>) =>
    s.baseline !== null
      ? 'to TensorFlow.js the baseline is the best value from the start'
      : { ...modeOf(s.mode, s.monitor), patience: s.patience, minDelta: Math.abs(s.minDelta) },
  lightning: (s: Settings<'lightning'>) =>
    s.stopping_threshold !== null || s.divergence_threshold !== null
      ? 'it has no threshold that stops at once'
      : { mode: s.mode, modeChosen: true, patience: s.patience, minDelta: s.min_delta },
  fastai: (s: Settings<'fastai'>) => ({
    ...modeOf(s.comp, s.monitor),
    patience: s.patience,
    minDelta: s.min_delta,
  }),
  'hugging-face': (s: Settings<'hugging-face'>) =>
    s.early_stopping_patience === 0
      ? 'with patience 0 Hugging Face stops at its first evaluation'
      : {
          ...modeOf(s.greater_is_better, s.monitor),
          patience: s.early_stopping_patience,
          minDelta: Math.max(0, s.early_stopping_threshold),
          creeps: s.early_stopping_threshold > 0,
          restoreBestWeights: s.load_best_model_at_end,
        },
  ignite: (s: Settings<'ignite'>) =>
    s.threshold_mode === 'rel' && s.threshold > 0
      ? 'it has no min delta that is a fraction of the best'
      : {
          ...modeOf(s.mode, s.monitor),
          patience: s.patience,
          minDelta: s.threshold,
          creeps: !s.cumulative && s.threshold > 0,
        },
  'sklearn-mlp': (s: Settings<'sklearn-mlp'>) =>
    network(s.tol, {
      ...modeOf(s.mode, s.monitor),
      patience: s.n_iter_no_change + 1,
      restoreBestWeights: s.early_stopping,
    }),
  'sklearn-sgd': (s: Settings<'sklearn-sgd'>) =>
    s.tol === null
      ? 'with tol None it never stops'
      : network(s.tol, { ...modeOf(s.mode, s.monitor), patience: s.n_iter_no_change }),
  'sklearn-hist-gradient-boosting': (s: Settings<'sklearn-hist-gradient-boosting'>) =>
    s.tol > 0
      ? `it does not compare with the value of n_iter_no_change iterations ago`
      : { ...modeOf(s.mode, s.monitor), patience: s.n_iter_no_change, minDelta: 0 },
  xgboost: (s: Settings<'xgboost'>) =>
    s.rounds === 0
      ? 'with rounds 0 XGBoost stops after its first round'
      : {
          mode: s.maximize === 'true' ? ('max' as const) : ('min' as const),
          modeChosen: s.maximize !== 'auto',
          patience: s.rounds,
          minDelta: s.min_delta,
          restoreBestWeights: s.save_best,
        },
  lightgbm: (s: Settings<'lightgbm'>) =>
    s.stopping_rounds === 0
      ? 'with stopping_rounds 0 it never stops'
      : {
          ...modeOf(s.mode, s.monitor),
          patience: s.stopping_rounds,
          minDelta: s.min_delta,
          restoreBestWeights: true,
        },
};

function network(tol: number, form: Omit<Form, 'minDelta'>): Form | string {
  if (tol === 0) return 'with tol 0 a plateau is an improvement to scikit-learn';
  return tol <= LEAST_TOL ? { ...form, minDelta: 0 } : { ...form, minDelta: tol, creeps: true };
}

/** The rule that stops where a policy does but for these edges; or why there is none, as the end of a sentence. */
export function commonForm(policy: RulePolicy): { rule: RuleForCode; edges: Note[] } | string {
  const name = policy.rule as keyof typeof RULES;
  if (name === 'compute-budget') return 'no rule of it stops by what was spent at the end of an epoch';
  if (!(name in FORMS)) return `it has nothing like “${RULES[name].label}”`;
  const known = name as keyof typeof FORMS;
  const form = (FORMS[known] as unknown as (policy: RulePolicy) => Form | string)(policy);
  if (typeof form === 'string') return form;
  const { monitor } = policy;
  const rule: RuleForCode = {
    ...{ monitor, baseline: null, startFromEpoch: 0, restoreBestWeights: false, creeps: false },
    ...form,
  };
  const edges = EDGES[known](rule);
  return { rule, edges: known === 'lightning' ? [...finite(policy), ...edges.filter(reports(policy))] : edges };
}

/** What Lightning can be told to do with values that are not finite or not there. */
const finite = ({ check_finite }: RulePolicy): Note[] =>
  check_finite === true ? [edge('NaN or infinity stops a run of Lightning at once: its check_finite.')] : [];
const reports =
  ({ strict }: RulePolicy) =>
  ({ text }: Note) =>
    strict === true || text !== abortsOnMissing('Lightning').text;
