/**
 * @file The life of a run as a state machine: which states there are, what each may be asked, and what follows from
 * whatever happens. Pure: what is to be done comes back as effects, and session/run.svelte.ts does it.
 */
import { RETRY_PAUSES_MS } from '../engine/worker-client.ts';

export type Ending = 'reached' | 'halted' | 'diverged';

/**
 * `none`: no run; `preparing`: it is being readied; `ready`: it holds the run; `waiting`: it was lost, and another one is
 * readied after a pause; `gone`: it cannot be had, until Train asks for it again.
 */
export type Engine = 'none' | 'preparing' | 'ready' | 'waiting' | 'gone';

interface EngineState {
  engine: Engine;
  /** Engines lost one after the other without an epoch between. */
  losses: number;
  /** What happened to the engine that was lost last; empty if none was, or once training went on. */
  loss: string;
}

export type RunState = EngineState &
  (
    | { status: 'empty' }
    /** Trains up to `until` epochs as soon as the engine is ready. */
    | { status: 'preparing'; until: number }
    /** `pausing`: the engine was told to pause and has not said yet where it stands. */
    | { status: 'training'; until: number; pausing: boolean }
    | { status: 'paused' }
    | { status: 'done'; ending: Ending | null }
    | { status: 'failed'; message: string }
  );

export type Status = RunState['status'];

export const NO_RUN: RunState = { status: 'empty', engine: 'none', losses: 0, loss: '' };

/** `keep`: save it, or make files of it; `consult`: ask its engine for maps. */
export type Ask = 'train' | 'pause' | 'keep' | 'consult';

const ASKS: Readonly<Record<Status, readonly Ask[]>> = {
  empty: ['train'],
  preparing: ['train', 'pause', 'keep', 'consult'],
  training: ['train', 'pause', 'keep', 'consult'],
  paused: ['train', 'keep', 'consult'],
  done: ['train', 'keep', 'consult'],
  failed: ['train', 'keep'],
};

/** Why a run in this state cannot be asked for this, in words; null if it can. */
export function refusal(state: RunState, ask: Ask, epochs: number): string | null {
  if (ask === 'keep' && epochs === 0) return 'There is nothing to save yet: press Train first.';
  if (ask === 'consult' && epochs === 0) return 'Nothing was trained yet: press Train first.';
  if (ask === 'consult' && state.engine === 'gone') return state.loss;
  return ASKS[state.status].includes(ask) ? null : `A run that is ${state.status} cannot be asked to ${ask}.`;
}

/** Epochs recorded, and in all when the run is over. */
export interface Progress {
  epochs: number;
  planned: number;
}

export type RunEvent =
  /** A run was put on screen; `until` null only readies the engine for it. */
  | { type: 'opened'; until: number | null }
  | { type: 'cleared' }
  | { type: 'train'; until: number }
  | { type: 'pause' }
  /** The engine is ready, recorded a block, came to rest, or reached its goal. */
  | { type: 'prepared' }
  | { type: 'recorded' }
  | { type: 'paused' }
  | { type: 'finished'; why: Ending }
  /** The engine cannot be had for this run, and trying again would not help. */
  | { type: 'refused'; message: string }
  /** The engine is gone, with its device or by a crash; another may do. */
  | { type: 'lost'; message: string }
  /** The pause before another engine is over. */
  | { type: 'rested' };

export type Effect =
  | { do: 'prepare' }
  | { do: 'train'; until: number }
  | { do: 'pause' }
  /** The engine lets the run be. */
  | { do: 'abandon' }
  /** The engine's thread is ended: nothing of it can be used again. */
  | { do: 'stop' }
  /** `rested` is due after so many milliseconds. */
  | { do: 'rest'; ms: number };

export interface Step {
  state: RunState;
  effects: readonly Effect[];
}

/** What follows from an event; one that says nothing to a state leaves it as it is, the very same object. */
export function transition(state: RunState, event: RunEvent, progress: Progress): Step {
  const { engine, losses, loss } = state;
  const same: Step = { state, effects: [] };
  switch (event.type) {
    case 'opened': {
      const begun: EngineState = { engine: 'preparing', losses: 0, loss: '' };
      return { state: goingFor(event.until, begun, progress), effects: [{ do: 'prepare' }] };
    }
    case 'cleared':
      return { state: NO_RUN, effects: engine === 'preparing' || engine === 'ready' ? [{ do: 'abandon' }] : [] };
    case 'train':
      return trained(state, event.until);
    case 'pause':
      if (state.status === 'preparing') return { state: atRest({ engine, losses, loss }, progress), effects: [] };
      if (state.status !== 'training' || state.pausing) return same;
      return { state: { ...state, pausing: true }, effects: [{ do: 'pause' }] };
    case 'prepared':
      if (engine !== 'preparing') return same;
      return state.status === 'preparing'
        ? training({ engine: 'ready', losses, loss }, state.until)
        : { state: { ...state, engine: 'ready' }, effects: [] };
    case 'recorded':
      return losses === 0 && loss === '' ? same : { state: { ...state, losses: 0, loss: '' }, effects: [] };
    case 'paused':
      return state.status === 'training' ? { state: atRest({ engine, losses, loss }, progress), effects: [] } : same;
    case 'finished':
      if (state.status !== 'training') return same;
      return {
        state:
          event.why === 'reached'
            ? atRest({ engine, losses, loss }, progress)
            : { status: 'done', ending: event.why, engine, losses, loss },
        effects: [],
      };
    case 'refused':
      return engine === 'none' ? same : withoutEngine(state, event.message);
    case 'lost':
      return lost(state, event.message, progress);
    case 'rested':
      return engine === 'waiting' ? { state: { ...state, engine: 'preparing' }, effects: [{ do: 'prepare' }] } : same;
    default:
      return event satisfies never;
  }
}

function goingFor(until: number | null, engine: EngineState, progress: Progress): RunState {
  return until === null ? atRest(engine, progress) : { status: 'preparing', until, ...engine };
}

/** A run that is not in motion. */
function atRest(engine: EngineState, { epochs, planned }: Progress): RunState {
  if (epochs === 0) return { status: 'empty', ...engine };
  return epochs < planned ? { status: 'paused', ...engine } : { status: 'done', ending: 'reached', ...engine };
}

function training(engine: EngineState, until: number): Step {
  return { state: { status: 'training', until, pausing: false, ...engine }, effects: [{ do: 'train', until }] };
}

function trained(state: RunState, until: number): Step {
  const { engine, losses, loss } = state;
  switch (engine) {
    case 'none':
      return { state, effects: [] };
    case 'ready':
      if (state.status === 'training' && state.until === until && !state.pausing) return { state, effects: [] };
      return training({ engine, losses, loss }, until);
    case 'preparing':
    case 'waiting':
      return { state: { status: 'preparing', until, engine, losses, loss }, effects: [] };
    case 'gone':
      return {
        state: { status: 'preparing', until, engine: 'preparing', losses: 0, loss: '' },
        effects: [{ do: 'prepare' }],
      };
    default:
      return engine satisfies never;
  }
}

/** Another engine after a pause, and after the last pause none; a run in motion goes on as soon as it is ready. */
function lost(state: RunState, message: string, progress: Progress): Step {
  if (state.engine === 'none' || state.engine === 'gone' || state.engine === 'waiting') return { state, effects: [] };
  const pause = RETRY_PAUSES_MS[state.losses];
  if (pause === undefined)
    return withoutEngine(state, `${message} Press Train to try again, or choose another backend.`);
  const engine: EngineState = { engine: 'waiting', losses: state.losses + 1, loss: message };
  const effects: Effect[] = [{ do: 'stop' }, { do: 'rest', ms: pause }];
  switch (state.status) {
    case 'preparing':
      return { state: { ...state, ...engine }, effects };
    case 'training':
      return { state: goingFor(state.pausing ? null : state.until, engine, progress), effects };
    case 'empty':
    case 'paused':
    case 'done':
    case 'failed':
      return { state: { ...state, ...engine }, effects };
    default:
      return state satisfies never;
  }
}

/** A run that is done stays done: all that is left to do with it needs no engine, but for the maps. */
function withoutEngine(state: RunState, message: string): Step {
  const gone: EngineState = { engine: 'gone', losses: 0, loss: message };
  const effects: Effect[] = [{ do: 'stop' }];
  return { state: state.status === 'done' ? { ...state, ...gone } : { status: 'failed', message, ...gone }, effects };
}
