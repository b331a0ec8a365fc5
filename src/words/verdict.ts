/**
 * @file The verdict in sentences: where the policy stops, how that compares with hindsight, and what going on would
 * cost.
 */
import type { Tape } from '../engine/record/tape.ts';
import type { Decomposition } from '../decomposition/decompose.ts';
import type { Estimate } from '../decomposition/estimate.ts';
import { gradeOf, type Grade, type StopGrade } from '../evaluation/grade.ts';
import { decimals, fixed, plusMinus, signed, countOf } from './numbers.ts';
import type { OutcomeColumn, Outcome } from '../evaluation/outcome.ts';

/** A stretch of text; strong ones are set bold. */
export interface Segment {
  text: string;
  strong: boolean;
}

export interface Verdict {
  grade: Grade;
  sure: boolean;
  segments: Segment[];
  /** The segments as one text. */
  plain: string;
  /** One line for the phone: where it stops and what that costs. */
  short: Segment[];
}

const TERMS = { bias2: 'bias²', variance: 'variance' };

export interface Situation {
  /** What the rule is called, e.g. `Patience 20`. */
  name: string;
  /** Where the rule is that of Keras: how long it waits, and from when on; null for every other. */
  patience: { epochs: number; startFromEpoch: number } | null;
  /** What another rule says itself of the highlighted replica while it trains, in a sentence. */
  why: string;
  /** While training, the sentence follows one replica instead of judging. */
  training: boolean;
  /** The highlighted replica, from 0. */
  replica: number;
  /** Whether the target is the truth; see `DecompositionTarget`. */
  known: boolean;
}

/** Epochs are shown as epochs trained (index + 1), replicas from 1. */
export function verdict(outcome: Outcome, tape: Tape, situation: Situation): Verdict {
  const graded = gradeOf(outcome);
  const { grade, sure } = graded;
  const sentences = situation.training
    ? [live(outcome, tape, situation)]
    : [
        range(outcome, situation.name, tape.shape.epochs),
        ...(outcome.length === 1 ? [alone(outcome)] : [comparison(outcome, graded), goingOn(outcome)]),
        outcome.replays.length === 1 ? '**One replica** shows neither variance nor uncertainty.' : '',
        situation.known ? '' : 'The true function is not known, so bias² contains the noise.',
      ];
  const segments = marked([...sentences, diverged(tape)].filter((sentence) => sentence !== '').join(' '));
  const short = marked(situation.training ? shortLive(outcome) : shortVerdict(outcome, grade));
  return { grade, sure, segments, plain: segments.map(({ text }) => text).join(''), short };
}

/** Of a single epoch. */
function alone({ stop }: Outcome): string {
  const error = stop.decomposition ? `The error is **${errorOf(stop.decomposition)}**; ` : '';
  return `${error}with one epoch there is **nothing to compare** it with.`;
}

function range({ replays, fired, length, meanStop }: Outcome, name: string, planned: number): string {
  const policy = `**${name}**`;
  if (fired === 0 && length < planned) return `${policy} has stopped no replica by epoch ${length} of ${planned}.`;
  if (fired === 0) return `${policy} never stops within ${countOf(length, 'epoch')}.`;
  const stops = replays.filter((replay) => replay.fired).map(({ stop }) => stop + 1);
  const [first, last] = [Math.min(...stops), Math.max(...stops)];
  const when = first === last ? `at epoch ${first}` : `between epochs ${first} and ${last}`;
  if (fired < replays.length) return `${policy} stops ${fired} of ${countOf(replays.length, 'replica')} ${when}.`;
  return `${policy} stops ${when}${first === last ? '' : `, on average at **${Math.round(meanStop)}**`}.`;
}

/** Early and late say by which epochs; the term to blame, where there is one, is a clause of its own. */
function comparison({ stop, best, bestEpoch }: Outcome, { grade, sure, blame }: StopGrade): string {
  const { decomposition, regret } = stop;
  if (!decomposition || !regret) return 'Every replica has diverged by the epoch that it keeps.';
  const by = amount(regret);
  switch (grade) {
    case 'early':
    case 'late': {
      const kept = soundMean(stop, decomposition);
      const because = blame ? `, ${TERMS[blame.term]} by ${amount(blame.growth)}` : '';
      return `**${sure ? 'Too' : 'Probably too'} ${grade}**: it keeps epoch ${kept} on average, where ${bestEpoch + 1} is best for all. The error is higher than there by ${by}${because}.`;
    }
    case 'below':
      return `Keeping an epoch of its own for each replica ends ${by} **below** the best common stop in hindsight.`;
    case 'level':
      if (stop.restored.every((epoch, r) => epoch === best.restored[r]))
        return `It keeps **the best common stop** in hindsight, epoch ${bestEpoch + 1}.`;
      return `The error **cannot be told apart** from that of the best common stop in hindsight (${plusMinus(regret.value, regret.se, signed)}).`;
    case 'unknown':
      if (regret.se === null)
        return `The error is **${fixed(decomposition.error)}**, ${signed(regret.value)} against the best common stop in hindsight.`;
      return `The error ends ${by} above the best common stop in hindsight, epoch ${bestEpoch + 1}; whether that is too early or too late cannot be told.`;
    default:
      return grade satisfies never;
  }
}

/** Mean epoch kept by the replicas that count, as epochs trained. */
function soundMean({ restored }: OutcomeColumn, { perReplica }: Decomposition): number {
  const kept = [...restored].filter((_, r) => !Number.isNaN(perReplica[r]!));
  return Math.round(kept.reduce((sum, epoch) => sum + epoch + 1, 0) / kept.length);
}

function goingOn({ fired, length, costOfGoingOn: cost, stop, last }: Outcome): string {
  if (!cost || stop.restored.every((epoch, r) => epoch === last.restored[r])) return '';
  const what = fired === 0 ? `Keeping the weights of epoch ${length}` : `Going on to epoch ${length}`;
  if (cost.se !== null && Math.abs(cost.value) < cost.se)
    return `${what} is no different (${plusMinus(cost.value, cost.se, signed)}).`;
  return cost.value > 0 ? `${what} costs ${amount(cost)} more.` : `${what} gains ${amount(cost)}.`;
}

function live(outcome: Outcome, tape: Tape, { replica, patience, why }: Situation): string {
  const { replays, fired, length } = outcome;
  const replay = replays[replica]!;
  const waiting = () => {
    if (!patience) return why.replace(/^./, (first) => first.toLowerCase()).replace(/\.$/, '');
    const { epochs, startFromEpoch } = patience;
    if (length <= startFromEpoch) return `the rule begins after ${countOf(startFromEpoch, 'epoch')}`;
    return `${replay.wait} of ${countOf(epochs, 'epoch')} without improvement`;
  };
  const state = replay.fired
    ? `stopped at epoch ${replay.stop + 1}`
    : tape.divergedAt[replica] !== -1
      ? `diverged at epoch ${tape.divergedAt[replica]! + 1}`
      : waiting();
  const all =
    replays.length === 1 ? '' : ` ${fired} of ${replays.length} replicas ${fired === 1 ? 'has' : 'have'} stopped.`;
  return `**Replica ${replica + 1}**: ${state}.${all}`;
}

/** Says which replicas are left out, and from when; only counts them where a list would be long. */
function diverged(tape: Tape): string {
  const who = Array.from(tape.divergedAt, (epoch, replica) => ({ epoch, replica })).filter(({ epoch }) => epoch !== -1);
  if (who.length === 0) return '';
  const first = Math.min(...who.map(({ epoch }) => epoch)) + 1;
  if (who.length > 4)
    return `**${who.length} of ${tape.shape.replicas} replicas diverged**, the first at epoch ${first}, and are left out from there.`;
  const replicas = list(who.map(({ replica }) => replica + 1));
  const epochs = list(who.map(({ epoch }) => epoch + 1));
  return who.length === 1
    ? `**Replica ${replicas} diverged** at epoch ${epochs} and is left out from there.`
    : `**Replicas ${replicas} diverged** at epochs ${epochs} and are left out from there.`;
}

function shortVerdict({ meanStop, fired, stop }: Outcome, grade: Grade): string {
  const where = fired === 0 ? '**Never stops**' : `**Stops at ${Math.round(meanStop)}**`;
  if (!stop.decomposition || !stop.regret) return where;
  const { value, se } = stop.regret;
  const against =
    grade === 'level'
      ? 'level with best'
      : `${fixed(Math.abs(value), decimals(se))} ${value < 0 ? 'below' : 'above'} best`;
  return `${where}, error ${errorOf(stop.decomposition)}, ${against}`;
}

function shortLive({ length, fired, replays }: Outcome): string {
  return `**Epoch ${length}**, ${fired} of ${replays.length} ${fired === 1 ? 'has' : 'have'} stopped`;
}

const errorOf = ({ error, errorSe }: Decomposition) => plusMinus(error, errorSe);
const amount = ({ value, se }: Estimate) => `**${plusMinus(Math.abs(value), se)}**`;
const list = (items: number[]) =>
  items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** Splits at `**`: every second piece is strong. */
function marked(text: string): Segment[] {
  return text
    .split('**')
    .map((piece, i) => ({ text: piece, strong: i % 2 === 1 }))
    .filter((segment) => segment.text !== '');
}
