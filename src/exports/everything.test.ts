/** @file Every number recorded comes back from the zip, in its place; what does not belong together is refused. */
import { unzipSync } from 'fflate';
import papaparse from 'papaparse';
import { expect, test } from 'vitest';
import { sample } from '../checkpoints/checkpoint.testing.ts';
import { Curves } from '../decomposition/curves.ts';
import { decompositionTarget } from '../decomposition/decompose.ts';
import { drawReplicas } from '../engine/data/replicas.ts';
import type { DeviceReport } from '../engine/protocol.ts';
import { curvesOf, type Tape } from '../engine/record/tape.ts';
import { OutcomeReader } from '../evaluation/outcome.ts';
import { replayTape } from '../stopping/replay.ts';
import { RULES } from '../stopping/rules/index.ts';
import { everythingFile, type RecordedMaterial } from './everything.ts';

const chosen = {
  backend: 'wasm',
  adapter: 'SIMD',
  software: false,
  kind: 'fused',
  aside: null,
  failure: null,
  replicaEpochsPerSecond: 5,
} as const;
const device: DeviceReport = { chosen, trials: [chosen], reason: 'as you chose' };

/** Two replicas of two parameters over three of ten epochs; predictions kept at 3 of 16 test points. */
function ran(change: (tape: Tape) => void = () => undefined): RecordedMaterial {
  const { meta, bulk, tape } = sample('one');
  change(tape);
  const experiment = {
    ...meta.experiment,
    data: { ...meta.experiment.data, testSize: 16 },
    model: { ...meta.experiment.model, hidden: [] },
  };
  const replicas = drawReplicas(experiment, null);
  const points = Int32Array.of(2, 8, 13);
  const target = decompositionTarget(replicas.test, points, null);
  const curves = new Curves(tape, target);
  curves.extend();
  const outcome = new OutcomeReader(tape, curves, target).read(replayTape(tape, experiment.stopping.policy, RULES));
  return { experiment, tape, outcome, device, replicas, points, curves, archive: bulk.state.archive };
}

function opened(material: RecordedMaterial) {
  const files = unzipSync(everythingFile(material).bytes);
  const text = (name: string) => new TextDecoder().decode(files[name]);
  return {
    names: Object.keys(files).sort(),
    outcome: JSON.parse(text('outcome.json')),
    rows: (name: string) =>
      papaparse.parse<Record<string, string>>(text(name), { header: true, skipEmptyLines: true }).data,
    /** Shape and numbers, as the header of the format says. */
    array(name: string) {
      const bytes = files[name]!;
      const start = 10 + new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true);
      const shape = /'shape': \(([^)]*)\)/.exec(new TextDecoder().decode(bytes.subarray(10, start)))![1]!;
      return { shape: shape.split(', ').map(Number), values: new Float32Array(bytes.slice(start).buffer) };
    },
  };
}

test('predictions and weights, to the last bit, without the epochs not recorded', () => {
  const material = ran();
  const { tape, archive } = material;
  const { array, outcome, names } = opened(material);
  expect(names).toEqual([
    ...['README.md', 'best-weights.npy', 'curves.csv', 'decomposition.csv', 'outcome.json'],
    ...['predictions.npy', 'test-points.csv', 'weights.npy'],
  ]);
  expect(array('predictions.npy')).toEqual({ shape: [3, 2, 3, 1], values: tape.predictions.slice(0, 18) });
  expect(array('weights.npy')).toEqual({ shape: [2, 2, 2], values: archive.weights });
  expect(array('best-weights.npy')).toEqual({ shape: [2, 2], values: archive.bestWeights });
  expect(outcome.recorded).toMatchObject({
    shape: { epochs: 3, replicas: 2, points: 3, outputs: 1, parameters: 2 },
    targetIsTruth: true,
    weightsEpochs: [0, 2],
    bestWeightsEpochs: [1, 2],
  });
});

test('every curve of the tape is a column, and every number comes back', () => {
  const material = ran((tape) => tape.gradientNoise.set([NaN, Infinity, 1e-45]));
  const { tape } = material;
  const rows = opened(material).rows('curves.csv');
  expect(rows.map(({ epoch, replica }) => `${epoch} ${replica}`)).toEqual(['0 0', '0 1', '1 0', '1 1', '2 0', '2 1']);
  const short: Record<string, string> = { trainLoss: 'train', validationLoss: 'validation', testLoss: 'test' };
  for (const curve of curvesOf(tape.shape)) {
    const column = rows.map((row) => Math.fround(Number(row[short[curve] ?? curve])));
    expect(column, curve).toEqual([0, 1, 2].flatMap((e) => [tape[curve][e]!, tape[curve][10 + e]!]));
  }
  expect(Object.keys(rows[0]!)).toHaveLength(2 + curvesOf(tape.shape).length);
});

test('test points with what the network sees of them, their target and noise; which of them are kept', () => {
  const material = ran();
  const { test: points } = material.replicas;
  const rows = opened(material).rows('test-points.csv');
  expect(rows.map(({ point }) => Number(point))).toEqual(Array.from({ length: 16 }, (_, i) => i));
  expect(rows.filter(({ kept }) => kept === '1').map(({ point }) => Number(point))).toEqual([2, 8, 13]);
  expect(rows.map(({ x0 }) => Math.fround(Number(x0)))).toEqual([...points.x]);
  expect(rows.map(({ target0 }) => Number(target0))).toEqual([...points.target]);
  expect(rows.map(({ noise }) => Number(noise))).toEqual([...points.noise]);
});

test('the decomposition at every epoch, whose parts add up to the error', () => {
  const material = ran();
  const rows = opened(material).rows('decomposition.csv');
  expect(rows).toHaveLength(3);
  for (const [e, row] of rows.entries()) {
    expect(Number(row.error)).toBe(material.curves.error[e]);
    expect(Number(row.noise) + Number(row.bias2) + Number(row.variance)).toBeCloseTo(Number(row.error), 12);
    expect(row).toMatchObject({ epoch: String(e), replicas: '2' });
  }
});

test('an epoch at which no replica is finite has NaN, not nothing', () => {
  const { rows, outcome } = opened(ran((tape) => tape.divergedAt.fill(1)));
  expect(rows('decomposition.csv')[1]).toMatchObject({ replicas: '0', bias2: 'NaN', error: 'NaN' });
  expect(outcome.replicas[0]).toMatchObject({ divergedAt: 1 });
});

test('a run that went on in between is refused, with what to do', () => {
  const material = ran();
  const later = { ...material, archive: { ...material.archive, epochs: Int32Array.of(0, 3) } };
  expect(() => everythingFile(later)).toThrow('pause it, then export again');
  const longer = { ...material, outcome: { ...material.outcome!, length: 2 } };
  expect(() => everythingFile(longer)).toThrow('pause it, then export again');
});

test('weights of another network are refused', () => {
  const material = ran();
  const experiment = { ...material.experiment, model: { ...material.experiment.model, hidden: [1] } };
  expect(() => everythingFile({ ...material, experiment })).toThrow(
    'npy: 8 numbers do not fill the shape 2 × 2 × 4, which holds 16',
  );
});
