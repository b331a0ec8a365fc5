/** @file The life of a run: from each state, what each event leads to, and that nothing leads anywhere unsound. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RETRY_PAUSES_MS } from '../engine/worker-client.ts';
import { NO_RUN, refusal, transition } from './run-machine.ts';
import type { Effect, RunEvent, RunState } from './run-machine.ts';

/** The state after some events, with what was to be done for the last of them. */
function after(events: readonly RunEvent[], epochs = 0, from: RunState = NO_RUN) {
  let state = from;
  let effects: readonly Effect[] = [];
  for (const event of events) ({ state, effects } = transition(state, event, { epochs, planned: 40 }));
  return { state, effects };
}

const OPENED: RunEvent = { type: 'opened', until: 40 };
const PREPARED: RunEvent = { type: 'prepared' };
const LOST: RunEvent = { type: 'lost', message: 'The device was lost.' };

describe('a run', () => {
  it('is prepared, trains, pauses, goes on and is done', () => {
    expect(after([OPENED])).toMatchObject({
      state: { status: 'preparing', engine: 'preparing', until: 40 },
      effects: [{ do: 'prepare' }],
    });
    const trains = after([OPENED, PREPARED]);
    expect(trains).toMatchObject({
      state: { status: 'training', engine: 'ready' },
      effects: [{ do: 'train', until: 40 }],
    });
    const pausing = after([{ type: 'pause' }], 7, trains.state);
    expect(pausing).toMatchObject({ state: { status: 'training', pausing: true }, effects: [{ do: 'pause' }] });
    const paused = after([{ type: 'paused' }], 7, pausing.state);
    expect(paused).toMatchObject({ state: { status: 'paused' }, effects: [] });
    const goesOn = after([{ type: 'train', until: 40 }], 7, paused.state);
    expect(goesOn.effects).toEqual([{ do: 'train', until: 40 }]);
    expect(after([{ type: 'finished', why: 'reached' }], 40, goesOn.state).state).toMatchObject({
      status: 'done',
      ending: 'reached',
    });
    // A step ends before all epochs are trained; a halt and a divergence end the run wherever they happen.
    expect(after([{ type: 'finished', why: 'reached' }], 8, goesOn.state).state.status).toBe('paused');
    expect(after([{ type: 'finished', why: 'halted' }], 8, goesOn.state).state).toMatchObject({ ending: 'halted' });
  });

  it('that is only readied stays as it is, and trains when it is asked to, before or after the engine is ready', () => {
    const readied = after([{ type: 'opened', until: null }], 12);
    expect(readied.state).toMatchObject({ status: 'paused', engine: 'preparing' });
    const wanted = after([{ type: 'train', until: 40 }], 12, readied.state);
    expect(wanted).toMatchObject({ state: { status: 'preparing' }, effects: [] });
    expect(after([{ type: 'pause' }], 12, wanted.state).state).toMatchObject({ status: 'paused', engine: 'preparing' });
    expect(after([PREPARED], 12, wanted.state).effects).toEqual([{ do: 'train', until: 40 }]);
    const ready = after([PREPARED], 12, readied.state);
    expect(ready).toMatchObject({ state: { status: 'paused', engine: 'ready' }, effects: [] });
  });

  it('whose engine is lost gets another after growing pauses, and fails after the last', () => {
    let { state } = after([OPENED, PREPARED], 12);
    for (const ms of RETRY_PAUSES_MS) {
      const lost = after([LOST], 12, state);
      expect(lost).toMatchObject({
        state: { status: 'preparing', engine: 'waiting', until: 40, loss: 'The device was lost.' },
        effects: [{ do: 'stop' }, { do: 'rest', ms }],
      });
      expect(after([{ type: 'rested' }], 12, lost.state).effects).toEqual([{ do: 'prepare' }]);
      ({ state } = after([{ type: 'rested' }, PREPARED], 12, lost.state));
      expect(state.status).toBe('training');
    }
    const failed = after([LOST], 12, state);
    expect(failed).toMatchObject({ state: { status: 'failed', engine: 'gone' }, effects: [{ do: 'stop' }] });
    // Train asks for one more; a recorded epoch makes the pauses short again.
    const again = after([{ type: 'train', until: 40 }], 12, failed.state);
    expect(again).toMatchObject({ state: { status: 'preparing', losses: 0 }, effects: [{ do: 'prepare' }] });
    const recorded = after([LOST, { type: 'rested' }, PREPARED, { type: 'recorded' }], 12, state);
    expect(recorded.state).toMatchObject({ losses: 0, loss: '' });
  });

  it('that was pausing when its engine was lost is paused; one that is done stays done without any engine', () => {
    const { state } = after([OPENED, PREPARED, { type: 'pause' }, LOST], 12);
    expect(state).toMatchObject({ status: 'paused', engine: 'waiting' });
    const done = after([OPENED, PREPARED, { type: 'finished', why: 'halted' }], 12);
    const gone = after([LOST, { type: 'rested' }, { type: 'refused', message: 'No backend.' }], 12, done.state);
    expect(gone.state).toMatchObject({ status: 'done', ending: 'halted', engine: 'gone' });
    expect(refusal(gone.state, 'keep', 12)).toBeNull();
    expect(refusal(gone.state, 'consult', 12)).toBe('No backend.');
  });

  it('that cannot be prepared fails; one that was cleared hears of nothing any more', () => {
    expect(after([OPENED, { type: 'refused', message: 'No.' }]).state).toMatchObject({
      status: 'failed',
      message: 'No.',
    });
    const cleared = after([OPENED, PREPARED, { type: 'cleared' }], 0);
    expect(cleared).toEqual({ state: NO_RUN, effects: [{ do: 'abandon' }] });
    for (const event of [
      PREPARED,
      LOST,
      { type: 'rested' },
      { type: 'paused' },
      { type: 'train', until: 4 },
    ] as RunEvent[])
      expect(after([event], 0, cleared.state)).toEqual({ state: NO_RUN, effects: [] });
  });
});

const EVENT: fc.Arbitrary<RunEvent> = fc.oneof(
  ...(['cleared', 'pause', 'prepared', 'recorded', 'paused', 'rested'] as const).map((type) => fc.constant({ type })),
  fc.record({ type: fc.constant('opened' as const), until: fc.option(fc.integer({ min: 1, max: 40 })) }),
  fc.record({ type: fc.constant('train' as const), until: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ type: fc.constant('finished' as const), why: fc.constantFrom('reached' as const, 'halted', 'diverged') }),
  fc.record({ type: fc.constantFrom('refused' as const, 'lost'), message: fc.constant('why') }),
);

it('never trains without an engine, nor waits for one that nobody readies, whatever happens in whatever order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(EVENT, fc.integer({ min: 0, max: 40 })), { maxLength: 30 }), (events) => {
      let state = NO_RUN;
      // Asked for and not yet answered or given up.
      let preparing = false;
      let resting = false;
      for (const [event, epochs] of events) {
        // An engine that nobody asks says nothing; a pause that nobody makes does not end.
        if (event.type === 'prepared' && !preparing) continue;
        if (event.type === 'rested' && !resting) continue;
        if (event.type === 'rested' || event.type === 'cleared' || event.type === 'opened') resting = false;
        if (event.type === 'prepared' || event.type === 'refused' || event.type === 'cleared') preparing = false;
        const step = transition(state, event, { epochs, planned: 40 });
        state = step.state;
        for (const effect of step.effects) {
          if (effect.do === 'prepare') preparing = true;
          if (effect.do === 'stop') preparing = false;
          if (effect.do === 'rest') resting = true;
        }
        if (state.status === 'training') expect(state.engine).toBe('ready');
        if (state.status === 'preparing') expect(['preparing', 'waiting']).toContain(state.engine);
        if (state.engine === 'preparing') expect(preparing).toBe(true);
        if (state.engine === 'waiting') expect(resting).toBe(true);
        if (state.status === 'failed') expect(state.engine).toBe('gone');
        if (state.engine === 'none') expect(state).toEqual(NO_RUN);
      }
    }),
  );
});
