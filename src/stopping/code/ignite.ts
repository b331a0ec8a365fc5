/** @file The rule as `EarlyStopping` of PyTorch-Ignite: see ../rules/ignite.ts. */
import type { Monitor } from '../../engine/experiment/experiment.ts';
import {
  atLeastOne,
  edge,
  isHeldOut,
  abortsOnMissing,
  noBaseline,
  OTHER_NAMES,
  patienceZero,
  rounding,
  use,
} from './notes.ts';
import {
  given,
  numberCode,
  plain,
  quoted,
  truth,
  type RuleForCode,
  type Argument,
  type CodePart,
  type Note,
  type OwnRule,
  type Snippet,
  type Writer,
} from './snippet.ts';

/** Ignite has no names of its own. */
const NAMES = {
  'validation-loss': 'loss',
  'training-loss': 'loss',
  'validation-accuracy': 'accuracy',
  ...OTHER_NAMES,
} as const satisfies Record<Monitor, string>;

type Settings = Pick<RuleForCode, 'monitor' | 'mode' | 'modeChosen' | 'startFromEpoch'>;

/** `delta`: how it compares. */
function snippet(
  { monitor, mode, modeChosen, startFromEpoch }: Settings,
  patience: string,
  delta: Argument[],
): Snippet {
  const [evaluator, data] = isHeldOut(monitor) ? ['evaluator', 'validation'] : ['train_evaluator', 'training'];
  const strong = (text: string, chosen = true): CodePart => ({ text, strong: chosen });
  // Its trainer counts the epochs that have begun, from 1.
  const every =
    startFromEpoch === 0
      ? [plain('\n  Events.COMPLETED,')]
      : [
          plain('\n  Events.COMPLETED(\n    event_filter=lambda *_:\n      trainer.state.epoch > '),
          strong(numberCode(startFromEpoch)),
          plain('),'),
        ];
  const parts = [
    plain(`${evaluator}.add_event_handler(`),
    ...every,
    plain('\n  EarlyStopping(\n    patience='),
    strong(patience),
    plain(`,\n    score_function=lambda e:\n      e.state.metrics[${quoted(NAMES[monitor])}],\n    trainer=trainer,`),
    ...delta.flatMap(([name, text, chosen]) => [plain(`\n    ${name}=`), strong(text, chosen), plain(',')]),
    plain('\n    mode='),
    strong(quoted(mode), modeChosen),
    plain('))'),
  ];
  const notes = [
    use(`${evaluator} is the engine that runs over the ${data} data after every epoch of trainer.`),
    use(
      'Needs Ignite 0.5.4: before, threshold and cumulative were min_delta and cumulative_delta, and there was no mode.',
    ),
  ];
  return { imports: 'from ignite.engine import Events\nfrom ignite.handlers import EarlyStopping', parts, notes };
}

function write(rule: RuleForCode): Snippet {
  const written = snippet(rule, numberCode(atLeastOne(rule)), [
    ['threshold', numberCode(rule.minDelta), true],
    ['cumulative', truth(!rule.creeps), false],
  ]);
  const notes: Note[] = [
    ...noBaseline('Ignite', rule),
    ...patienceZero(rule, 'it is refused'),
    ...written.notes,
    ...(rule.restoreBestWeights
      ? [use('Ignite restores no weights: keep the best with its Checkpoint and load them.')]
      : []),
    ...edges(rule),
  ];
  return { ...written, notes };
}

const edges = (rule: RuleForCode): Note[] => [
  edge('NaN is taken for an improvement by Ignite.'),
  abortsOnMissing('Ignite'),
  ...rounding('Ignite', rule, 'threshold'),
];

const own: OwnRule = {
  write(policy, form) {
    const relative = policy.threshold_mode === 'abs' ? [] : given(policy, 'threshold_mode');
    return snippet(form, String(policy.patience), [...given(policy, 'threshold', 'cumulative'), ...relative]);
  },
  form: ({ threshold, threshold_mode, cumulative }) =>
    threshold_mode === 'rel' && Number(threshold) > 0
      ? 'it has no min delta that is a fraction of the best'
      : { creeps: cumulative === false && Number(threshold) > 0 },
  edges,
};

export const ignite: Writer = {
  label: 'Ignite',
  write,
  creeps: true,
  own: { ignite: own },
  several: { as: 'statements' },
  epochs: (n) => `max_epochs=${n} of trainer.run`,
};
