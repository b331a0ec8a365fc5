/** @file The status sentence in every state of a run. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT } from '../../engine/experiment/experiment.ts';
import type { Session } from '../../session/session.svelte.ts';
import { duration, speed, statusLine, trainLabel } from './status.ts';

interface Scene {
  run?: Record<string, unknown>;
  tape?: { epochs?: number; divergedAt?: number[]; elapsedMs?: number };
  changed?: boolean;
  trouble?: string;
  refused?: boolean;
  difference?: Session['difference'];
}

/** The few fields of a session that the sentence is made from. */
function session({
  run = {},
  tape,
  changed = false,
  trouble = '',
  refused = false,
  difference = null,
}: Scene): Session {
  const recorded = tape && {
    shape: { epochs: 400, replicas: 3 },
    divergedAt: Int32Array.from(tape.divergedAt ?? [-1, -1, -1]),
    elapsedMs: tape.elapsedMs ?? 0,
    measuringMs: 0,
  };
  const state = {
    status: 'empty',
    epochs: tape?.epochs ?? 0,
    tape: recorded ?? null,
    ending: null,
    epochsPerSecond: null,
    loss: '',
    ...run,
  };
  return {
    run: state,
    settings: { experiment: DEFAULT_EXPERIMENT, refused },
    trouble,
    changed,
    difference,
  } as unknown as Session;
}
const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const said = (scene: Scene) => {
  const { text, tone } = statusLine(session(scene));
  return { text: plain(text), tone };
};

describe('statusLine', () => {
  it('counts epochs, replica-epochs per second and the time left', () => {
    expect(said({ run: { status: 'training', epochsPerSecond: 50 }, tape: { epochs: 100 } }).text).toBe(
      'Training: epoch 100 of 400, 6.0 s left. 150 replica-epochs per second.',
    );
  });

  it('names the replica that diverged first, its epoch from 1, and the remedy', () => {
    const line = said({ run: { status: 'done', ending: 'reached' }, tape: { epochs: 400, divergedAt: [-1, 40, 11] } });
    expect(line.tone).toBe('wrong');
    expect(line.text).toContain('2 replicas diverged, first replica 3, at epoch 12');
    expect(line.text).toContain('Lower the learning rate');
  });

  it('puts what failed before everything else', () => {
    const scene: Scene = { run: { status: 'failed', failure: 'The device was lost. Train again.' }, changed: true };
    expect(said(scene)).toEqual({ text: 'The device was lost. Train again.', tone: 'wrong' });
  });

  it('says after which epoch a run goes on whose engine was lost', () => {
    const run = { status: 'preparing', step: 'testing WebGPU', loss: 'The graphics device was lost.' };
    expect(said({ run, tape: { epochs: 212 } })).toEqual({
      text: 'The graphics device was lost. Another engine goes on after epoch 212. Preparing: testing WebGPU …',
      tone: 'wrong',
    });
    expect(said({ run: { ...run, loss: '' } })).toEqual({ text: 'Preparing: testing WebGPU …', tone: 'plain' });
  });

  it('says at once what waits, and names the run on screen by its own settings', () => {
    const difference = { onScreen: 'full batch', asked: 'batch 10' };
    const training = { run: { status: 'training' }, tape: { epochs: 12 }, changed: true };
    const done = { run: { status: 'done' }, tape: { epochs: 400 }, changed: true };
    expect([training, done, { ...training, difference }, { ...done, difference }].map(said)).toEqual([
      { text: 'Epoch 12 of 400. Changed for the next run.', tone: 'changed' },
      { text: 'Settings changed. Train to see what they do.', tone: 'changed' },
      { text: 'Epoch 12 of 400, with full batch. Changed for the next run: batch 10.', tone: 'changed' },
      { text: 'Settings changed: batch 10. On screen is the run with full batch.', tone: 'changed' },
    ]);
  });

  it('says how long it took, or why it ended early', () => {
    const tape = { epochs: 400, elapsedMs: 8900 };
    expect(said({ run: { status: 'done', ending: 'reached' }, tape }).text).toMatch(/^Done in 8\.9 s\./);
    expect(said({ run: { status: 'done', ending: 'halted' }, tape: { epochs: 149 } }).text).toMatch(
      /^Halted at epoch 149/,
    );
    expect(said({ run: { status: 'paused' }, tape: { epochs: 7 } }).text).toBe('Paused after epoch 7 of 400.');
  });
});

describe('words', () => {
  it('for times', () =>
    expect([0.25, 9.96, 45.4, 200].map((s) => plain(duration(s)))).toEqual(['0.3 s', '10 s', '45 s', '3 min 20 s']));
  it('for speeds', () => expect([0.42, 35.2, 2412.7, 61234].map(speed)).toEqual(['0.42', '35', '2,410', '61,200']));
  it('for the button', () => {
    expect((['empty', 'preparing', 'training', 'paused'] as const).map(trainLabel)).toEqual([
      'Train',
      'Preparing …',
      'Pause',
      'Train',
    ]);
  });
});
