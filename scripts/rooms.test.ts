/** @file The direction of imports and the places of files, as the architecture states them. */
import { expect, it } from 'vitest';
import { misplacement, objection } from './rooms.js';

const allowed: [string, string][] = [
  ['src/engine/experiment/experiment.ts', 'datasets/index.ts'],
  ['src/decomposition/squared.ts', 'src/stopping/replay.ts'],
  ['src/session/engine-client.ts', 'src/workers/engine.ts'],
  ['src/cli/experiment.ts', 'src/exports/layers.ts'],
  ['src/views/Page.svelte', 'src/session/session.svelte.ts'],
  ['src/engine/trainers/ops/step.ts', '@tensorflow/tfjs-core'],
  ['src/engine/devices/choose.ts', '@tensorflow/tfjs-backend-wasm'],
  ['src/session/session.svelte.ts', 'svelte'],
  ['src/session/learn/lesson-place.ts', 'src/lessons/course/index.ts'],
  ['tests/train.spec.ts', 'src/session/session.svelte.ts'],
  ['tests/train.spec.ts', 'src/stopping/tape.testing.ts'],
];

const forbidden: [string, string][] = [
  ['src/session/engine-client.ts', 'src/workers/engine-entry.ts'],
  ['datasets/index.ts', 'src/engine/random.ts'],
  ['src/engine/training/run.ts', 'src/stopping/keras.ts'],
  ['src/stopping/replay.ts', 'src/decomposition/squared.ts'],
  ['src/exports/layers.ts', 'src/session/session.svelte.ts'],
  ['src/workers/engine.ts', 'src/session/engine-client.ts'],
  ['src/session/session.svelte.ts', 'src/views/Page.svelte'],
  ['src/lessons/first.ts', 'src/App.svelte'],
  ['src/lessons/first.ts', 'src/session/session.svelte.ts'],
  ['src/lessons/first.ts', 'svelte'],
  ['src/session/session.svelte.ts', '@tensorflow/tfjs-core'],
  ['src/engine/training/run.ts', '@tensorflow/tfjs-core'],
  ['src/exports/layers.ts', 'svelte/store'],
  ['src/evaluation/outcome.ts', 'src/stopping/tape.testing.ts'],
];

it.each(allowed)('%s may import %s', (from, to) => {
  expect(objection(from, to)).toBeUndefined();
});

it.each(forbidden)('%s must not import %s', (from, to) => {
  expect(objection(from, to)).toMatch(/.+/);
});

it('a view lies in a folder', () => {
  expect(misplacement('src/views/chart/Panel.svelte')).toBeUndefined();
  expect(misplacement('src/App.svelte')).toBeUndefined();
  expect(misplacement('src/views/Panel.svelte')).toMatch(/lies loose/);
});
