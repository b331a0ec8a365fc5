/** @file Every setting can be set on the page, and is shown where the task has what it needs. */
import { expect, it } from 'vitest';
import { withDefaults } from '../../engine/experiment/defaults.ts';
import { SETTINGS, settingsIn } from '../../engine/experiment/settings/index.ts';
import {
  DATA_FIELDS,
  isShown,
  MODEL_FIELDS,
  REGULARISATION_FIELDS,
  SHARING_FIELDS,
  TRAINING_FIELDS,
  type FieldPlace,
} from './fields.ts';

const ALL = [...DATA_FIELDS, ...SHARING_FIELDS, ...MODEL_FIELDS, ...TRAINING_FIELDS, ...REGULARISATION_FIELDS].flatMap(
  (place): FieldPlace[] => [place, ...(place.within ?? [])],
);

function experimentOf(partial: unknown) {
  const parsed = withDefaults(partial);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.experiment;
}
const shown = (partial: unknown) =>
  ALL.filter((place) => isShown(place, experimentOf(partial))).map(({ path }) => path);

it('has one field for each setting but those that are set in another way', () => {
  const elsewhere = /^(data\.(source|own|testDesign)$|replicas\.redraw\.|stages$|stopping\.)/;
  const paths = settingsIn(SETTINGS).map(({ path }) => path);
  expect(ALL.map(({ path }) => path).sort()).toEqual(paths.filter((path) => !elsewhere.test(path)).sort());
});

it('shows what the data have', () => {
  const sine = shown({});
  expect(sine).toEqual(expect.arrayContaining(['data.noise', 'data.outliers']));
  for (const path of ['data.labelNoise', 'data.resampling', 'loss.focalGamma', 'loss.huberDelta', 'training.shuffle'])
    expect(sine).not.toContain(path);
  const moons = shown({ data: { source: 'moons' }, training: { batchSize: 5 } });
  expect(moons).toEqual(expect.arrayContaining(['data.labelNoise', 'loss.classWeights', 'training.shuffle']));
  expect(moons).not.toContain('data.outliers');
  expect(shown({ data: { source: 'penguins' } })).toContain('data.resampling');
  expect(shown({ objective: 'huber' })).toContain('loss.huberDelta');
  expect(shown({ training: { optimizer: { name: 'adamw' } } })).not.toContain('training.weightDecay');
});
