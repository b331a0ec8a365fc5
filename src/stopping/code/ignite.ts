/** @file The rule as `EarlyStopping` of PyTorch-Ignite: see ../rules/ignite.ts. */
import type { Monitor } from '../../engine/experiment.ts';
import { atLeastOne, edge, missing, noBaseline, OTHER_NAMES, patienceZero, rounding, use } from './notes.ts';
import { number, plain, quoted, type ActiveRule, type CodePart, type Note, type RuleCode } from './snippet.ts';

/** Ignite has no names of its own. */
const NAMES = {
  'validation-loss': 'loss',
  'training-loss': 'loss',
  'validation-accuracy': 'accuracy',
  ...OTHER_NAMES,
} as const satisfies Record<Monitor, string>;

export function ignite(rule: ActiveRule): RuleCode {
  const { monitor, mode, modeChosen, minDelta, startFromEpoch, restoreBestWeights } = rule;
  const strong = (text: string, chosen = true): CodePart => ({ text, strong: chosen });
  // Its trainer counts the epochs that have begun, from 1.
  const every =
    startFromEpoch === 0
      ? [plain('\n  Events.COMPLETED,')]
      : [
          plain('\n  Events.COMPLETED(\n    event_filter=lambda *_:\n      trainer.state.epoch > '),
          strong(number(startFromEpoch)),
          plain('),'),
        ];
  const parts = [
    plain('evaluator.add_event_handler('),
    ...every,
    plain('\n  EarlyStopping(\n    patience='),
    strong(number(atLeastOne(rule))),
    plain(`,\n    score_function=lambda e:\n      e.state.metrics[${quoted(NAMES[monitor])}],`),
    plain('\n    trainer=trainer,\n    threshold='),
    strong(number(minDelta)),
    plain(',\n    cumulative=True,\n    mode='),
    strong(quoted(mode), modeChosen),
    plain('))'),
  ];
  const data = monitor === 'training-loss' ? 'training' : 'validation';
  const notes: Note[] = [
    ...noBaseline('Ignite', rule),
    ...patienceZero(rule, 'it is refused'),
    use(`evaluator is the engine that runs over the ${data} data after every epoch of trainer.`),
    ...(restoreBestWeights
      ? [use('Ignite restores no weights: keep the best with its Checkpoint and load them.')]
      : []),
    use(
      'Needs Ignite 0.5.4: before, threshold and cumulative were min_delta and cumulative_delta, and there was no mode.',
    ),
    edge('NaN is taken for an improvement.'),
    missing,
    ...rounding('Ignite', rule, 'threshold'),
  ];
  return { imports: 'from ignite.engine import Events\nfrom ignite.handlers import EarlyStopping', parts, notes };
}
