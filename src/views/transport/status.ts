/** @file Describes the status of the run in one sentence. */
import type { Session } from '../../session/session.svelte.ts';

export interface StatusLine {
  text: string;
  /** Something went wrong, or needs the reader. */
  tone: 'plain' | 'changed' | 'wrong';
}

/** Epochs of the run on screen, before there is one those that the settings ask for. */
export function plannedEpochs({ run, settings }: Session): number {
  return run.tape && run.epochs > 0 ? run.tape.shape.epochs : settings.experiment.training.epochs;
}

export function statusLine(session: Session): StatusLine {
  const { run, settings, trouble, changed } = session;
  const { status, tape, epochs } = run;
  const planned = plannedEpochs(session);
  if (status === 'failed') return { text: run.failure, tone: 'wrong' };
  if (status === 'preparing') {
    const after =
      run.loss && `${run.loss} Another engine goes on ${epochs > 0 ? `after epoch ${epochs}` : 'from the beginning'}. `;
    return { text: `${after}Preparing: ${run.step} …`, tone: after ? 'wrong' : 'plain' };
  }
  const { difference } = session;
  if (status === 'training' && changed) {
    const what = difference ? `, with ${difference.onScreen}` : '';
    const waits = difference ? `: ${difference.asked}` : '';
    return { text: `Epoch ${epochs} of ${planned}${what}. Changed for the next run${waits}.`, tone: 'changed' };
  }
  if (status === 'training')
    return { text: `Training: epoch ${epochs} of ${planned}${pace(run, planned)}`, tone: 'plain' };
  if (trouble) return { text: trouble, tone: 'wrong' };
  if (settings.refused) return { text: 'A setting cannot be used; the settings say why.', tone: 'wrong' };
  if (changed && difference)
    return {
      text: `Settings changed: ${difference.asked}. On screen is the run with ${difference.onScreen}.`,
      tone: 'changed',
    };
  if (changed) return { text: 'Settings changed. Train to see what they do.', tone: 'changed' };
  if (!tape || epochs === 0) return { text: 'Nothing trained yet.', tone: 'plain' };
  const ruined = divergence(tape.divergedAt);
  if (ruined) return { text: `${ended(run, planned)} ${ruined}`, tone: 'wrong' };
  if (status === 'paused') return { text: `Paused after epoch ${epochs} of ${planned}.`, tone: 'plain' };
  return { text: `${ended(run, planned)} Any rule now replays the tape; nothing trains again.`, tone: 'plain' };
}

/** Short enough for a button beside two others. */
export function trainLabel(status: Session['run']['status']): string {
  return status === 'training' ? 'Pause' : status === 'preparing' ? 'Preparing …' : 'Train';
}

/** Made before it is needed: the first one costs more than ten milliseconds. */
const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const NO_BREAK = '\u00a0';

/** `2.4 s`, `45 s`, `3 min 20 s`, with no-break spaces. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)}${NO_BREAK}s`;
  const whole = Math.round(seconds);
  const parts = whole < 60 ? [whole, 's'] : [Math.floor(whole / 60), 'min', whole % 60, 's'];
  return parts.join(NO_BREAK);
}

/** `2,412`, `35`, `0.4`: a speed to the digits that mean something. */
export function speed(perSecond: number): string {
  return perSecond < 10 ? perSecond.toPrecision(2) : WHOLE.format(Number(perSecond.toPrecision(3)));
}

function pace({ epochsPerSecond, epochs, tape }: Session['run'], planned: number): string {
  if (epochsPerSecond === null || !tape) return '.';
  const left = duration((planned - epochs) / epochsPerSecond);
  return `, ${left} left. ${speed(epochsPerSecond * tape.shape.replicas)} replica-epochs per second.`;
}

function ended({ ending, epochs, tape, status }: Session['run'], planned: number): string {
  if (ending === 'diverged') return `Ended at epoch ${epochs}: every replica has diverged.`;
  if (ending === 'halted') return `Halted at epoch ${epochs}: every replica has stopped.`;
  if (status === 'paused') return `Paused after epoch ${epochs} of ${planned}.`;
  const ms = tape ? tape.elapsedMs + tape.measuringMs : NaN;
  return Number.isFinite(ms) ? `Done in ${duration(ms / 1000)}.` : 'Done.';
}

function divergence(divergedAt: Int32Array): string {
  const gone = [...divergedAt.keys()].filter((replica) => divergedAt[replica] !== -1);
  const [first] = gone.sort((a, b) => divergedAt[a]! - divergedAt[b]!);
  if (first === undefined) return '';
  const which =
    gone.length === 1
      ? `Replica ${first + 1} diverged`
      : `${gone.length} replicas diverged, first replica ${first + 1},`;
  return `${which} at epoch ${divergedAt[first]! + 1}: its loss became infinite or NaN. Lower the learning rate.`;
}
