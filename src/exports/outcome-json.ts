/** @file The outcome of a run as JSON for other programs; epochs and replicas count from 0, as in the code. */
import { recommendedTraining } from '../evaluation/cross-validation.ts';
import { stepsPerEpoch } from '../engine/training/batches.ts';
import type { OutcomeColumn, Outcome } from '../evaluation/outcome.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import type { VarianceSources } from '../decomposition/variance-sources.ts';
import type { TestSet } from '../engine/data/replicas.ts';
import type { DeviceReport } from '../engine/protocol.ts';
import type { Tape } from '../engine/record/tape.ts';
import { policyLine, shortName } from '../stopping/policy-words.ts';
import { metricsOf } from '../stopping/policy.ts';
import { recordsOf } from '../stopping/records.ts';
import { replayPolicy } from '../stopping/replay.ts';
import { RULES } from '../stopping/rules/index.ts';
import { verdict } from '../words/verdict.ts';
import { fileName, textFile, type ExportFile } from './files.ts';

export interface OutcomeMaterial {
  experiment: Experiment;
  tape: Tape;
  /** Null if no replica was ever sound. */
  outcome: Outcome | null;
  device: DeviceReport;
  /** Of which the verdict needs to know whether their target is the truth. */
  replicas: { test: Pick<TestSet, 'known'> };
}

export function outcomeFile(material: OutcomeMaterial): ExportFile {
  const text = `${JSON.stringify(outcomeDocument(material), null, 2)}\n`;
  return textFile(fileName(material.experiment, 'outcome.json'), 'application/json', text);
}

/** Plain data; null stands for what cannot be known, such as a standard error of one replica. */
export function outcomeDocument({ experiment, tape, outcome, device, replicas }: OutcomeMaterial) {
  const { backend, adapter, software, kind, replicaEpochsPerSecond } = device.chosen;
  return {
    version: 1,
    counting: 'epochs and replicas count from 0; columns.*.epochs is a mean number of epochs trained',
    experiment,
    device: { backend, adapter, software, kind, replicaEpochsPerSecond, reason: device.reason },
    rule: policyLine(experiment.stopping.policy, RULES),
    recordedEpochs: tape.length,
    elapsedMs: tape.elapsedMs,
    replicas: outcome
      ? reasonsOf(experiment, tape, outcome).map((reason, r) => replicaOf(tape, outcome, r, reason))
      : [],
    verdict: outcome && verdictOf(experiment, tape, outcome, replicas.test.known),
    ...(experiment.data.resampling === 'folds' && { recommended: outcome && recommendedOf(experiment, tape, outcome) }),
    columns: outcome && {
      stop: columnOf(outcome.stop),
      best: { epoch: outcome.bestEpoch, ...columnOf(outcome.best) },
      last: columnOf(outcome.last),
      oracle: columnOf(outcome.oracle),
    },
  };
}

/** What the page says of the stop; epochs and replicas in its text are counted from 1, as there. */
function verdictOf({ stopping: { policy } }: Experiment, tape: Tape, outcome: Outcome, known: boolean) {
  const situation = { name: shortName(policy, RULES), patience: null, why: '', training: false, replica: 0, known };
  const { grade, sure, plain } = verdict(outcome, tape, situation);
  return { grade, sure, text: plain.replaceAll('\u00a0', ' ') };
}

/** `stop` is the last epoch trained, null where the rule never fired; `restored` the epoch whose weights are kept. */
function replicaOf(tape: Tape, outcome: Outcome, r: number, reason: string) {
  const replay = outcome.replays[r]!;
  return {
    replica: r,
    stop: replay.fired ? replay.stop : null,
    restored: known(replay.restored),
    oracle: known(outcome.oracle.restored[r]!),
    divergedAt: known(tape.divergedAt[r]!),
    reason,
  };
}

/** Why the policy stopped each replica, or has not. */
function reasonsOf({ stopping: { policy } }: Experiment, tape: Tape, { length }: Outcome): string[] {
  // As far as the outcome goes: the tape may have grown since.
  const records = recordsOf(tape, metricsOf(policy, RULES)).map((record) => ({ ...record, epochs: length }));
  return replayPolicy(records, policy, RULES).map(({ why }) => why);
}

/** How long to train on all rows of the folds. */
function recommendedOf(experiment: Experiment, tape: Tape, { replays }: Outcome) {
  const { trainSize, validationSize } = experiment.data;
  return recommendedTraining({
    replays,
    updatesAt: (r, epoch) => tape.updates[r * tape.shape.epochs + epoch]!,
    ...{ trainSize, validationSize },
    updatesPerEpochOnAll: stepsPerEpoch(experiment, trainSize + validationSize),
  });
}

/** Terms with their standard errors; null where these replicas do not tell. */
function sourcesOf({ sampling, optimisation, seeds, interaction, validation }: VarianceSources) {
  return { sampling, optimisation, seeds, interaction, validation };
}

const known = (epoch: number) => (epoch === -1 ? null : epoch);

function columnOf({ decomposition, regret, epochs, steps, compute }: OutcomeColumn) {
  return {
    error: decomposition?.error ?? null,
    errorSe: decomposition?.errorSe ?? null,
    bias2: decomposition?.bias2 ?? null,
    bias2Se: decomposition?.bias2Se ?? null,
    variance: decomposition?.variance ?? null,
    varianceSe: decomposition?.varianceSe ?? null,
    noise: decomposition?.noise ?? null,
    ...(decomposition?.sources && { sources: sourcesOf(decomposition.sources) }),
    regret: regret?.value ?? null,
    regretSe: regret?.se ?? null,
    epochs,
    steps,
    compute,
  };
}
