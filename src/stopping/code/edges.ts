/**
 * @file What sets a library's rule apart from that of Keras where they stop at the same epochs otherwise: values that are
 * not finite or not reported, and roundings. It is so either way, whichever of the two is written as the other.
 */
import { edge, firstValue, abortsOnMissing, rounding } from './notes.ts';
import type { RuleForCode, Note } from './snippet.ts';

/** With tol 0 an MLP takes a plateau for an improvement. */
export const LEAST_TOL = 1e-12;

const networks = ({ minDelta }: RuleForCode): Note[] => [
  edge('NaN sets the counter of scikit-learn back; to Keras it is no improvement.'),
  minDelta <= LEAST_TOL
    ? edge('To scikit-learn an improvement below 1e-12 does not count.')
    : edge('To scikit-learn an improvement of exactly tol counts.'),
];

/** By the names of the rules. */
export const EDGES = {
  keras: () => [],
  patience: () => [],
  'tf-keras': (rule) => [firstValue('tf.keras 2'), ...rounding('tf.keras 2', rule, 'min_delta')],
  tfjs: (rule) => [firstValue('TensorFlow.js'), ...rounding('TensorFlow.js', rule, 'minDelta')],
  lightning: ({ minDelta }) => [
    abortsOnMissing('Lightning'),
    firstValue('Lightning'),
    ...(Math.fround(minDelta) === minDelta
      ? []
      : [edge('Lightning rounds min_delta to float32: an improvement by just min_delta may count in one alone.')]),
  ],
  fastai: (rule) => [abortsOnMissing('fastai'), firstValue('fastai'), ...rounding('fastai', rule, 'min_delta')],
  'hugging-face': () => [abortsOnMissing('Hugging Face'), firstValue('Hugging Face')],
  ignite: (rule) => [
    edge('NaN is taken for an improvement by Ignite.'),
    abortsOnMissing('Ignite'),
    ...rounding('Ignite', rule, 'threshold'),
  ],
  'sklearn-mlp': networks,
  'sklearn-sgd': networks,
  'sklearn-hist-gradient-boosting': (rule) => [
    edge('scikit-learn has a score of the untrained model too. Where it is compared with NaN, it stops.'),
    ...rounding('scikit-learn', rule, 'tol'),
  ],
  xgboost: (rule) => [
    edge('XGBoost compares a custom_metric with six decimals.'),
    edge('A first round without the value aborts a run of XGBoost, a later one counts as no improvement.'),
    ...rounding('XGBoost', rule, 'min_delta'),
  ],
  lightgbm: (rule) => [
    edge(
      'A first round without the value aborts a run of LightGBM; a later one counts as no improvement, but does not stop it.',
    ),
    ...rounding('LightGBM', rule, 'min_delta'),
  ],
} as const satisfies Readonly<Record<string, (rule: RuleForCode) => Note[]>>;
