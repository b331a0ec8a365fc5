/**
 * @file Everything recorded of a run: enough to compute again, without Patience, all that the page says of it.
 *
 * Whatever has a row for each epoch or point is CSV, which every program reads, with the digits that give each number
 * back. Predictions and weights may be 64 MB each, several times that as text: they are `.npy`, the float32 that were
 * recorded. `numpy.load` opens the zip as it is. docs/recorded-files.md describes every file, and travels with them.
 */
import { strToU8, zipSync, type Zippable } from 'fflate';
import description from '../../docs/recorded-files.md?raw';
import type { Curves } from '../decomposition/curves.ts';
import type { Replicas } from '../engine/data/replicas.ts';
import { layoutOf } from '../engine/model/network.ts';
import type { Archive } from '../engine/protocol.ts';
import { allCurvesCsv, float32Text } from './curves-csv.ts';
import { fileName, textBytes, type ExportFile } from './files.ts';
import { npy } from './npy.ts';
import { outcomeDocument, type OutcomeMaterial } from './outcome-json.ts';

export interface RecordedMaterial extends OutcomeMaterial {
  replicas: Replicas;
  /** `[D]`: indices of the decomposition points in the test set. */
  points: Int32Array;
  /** As far as the tape. */
  curves: Curves;
  archive: Archive;
}

/** All files as a zip. Throws if the run has gone on since its outcome or weights were read. */
export function everythingFile(material: RecordedMaterial): ExportFile {
  const entries: Zippable = {};
  const outcome = strToU8(`${JSON.stringify(recordedDocument(material), null, 2)}\n`);
  for (const [name, bytes] of [...recordedFiles(material), ['outcome.json', outcome] as const]) {
    // The low bits of trained numbers do not compress.
    entries[name] = name.endsWith('.npy') ? [bytes, { level: 0 }] : bytes;
  }
  return {
    name: fileName(material.experiment, 'everything.zip'),
    mime: 'application/zip',
    // A fixed date: the same run gives the same bytes.
    bytes: new Uint8Array(zipSync(entries, { mtime: new Date(1980, 0, 1) })),
  };
}

/** The outcome, and what the other files need to be understood. */
export function recordedDocument(material: RecordedMaterial) {
  const { experiment, tape, replicas, points, archive } = material;
  const { mean, sd, scale, target } = replicas.standardisation;
  const { layers, parameters } = layoutOf(experiment, replicas.features, replicas.outputs);
  return {
    ...outcomeDocument(material),
    recorded: {
      shape: {
        epochs: tape.length,
        replicas: replicas.count,
        points: points.length,
        outputs: replicas.outputs,
        parameters,
      },
      targetIsTruth: replicas.test.known,
      standardisation: { mean: [...mean], sd: [...sd], scale, target },
      layers,
      weightsEpochs: [...archive.epochs],
      bestWeightsEpochs: Array.from(archive.bestEpoch, (epoch) => (epoch === -1 ? null : epoch)),
    },
  };
}

/** All files but `outcome.json`, by name. */
export function recordedFiles(material: RecordedMaterial): Map<string, Uint8Array<ArrayBuffer>> {
  const { experiment, tape, outcome, replicas, points, curves, archive } = material;
  if ((outcome && outcome.length !== tape.length) || archive.epochs.at(-1) !== tape.length - 1)
    throw new Error('The run went on while its files were being written: pause it, then export again.');
  const { replicas: R, points: D, outputs: K } = tape.shape;
  const P = layoutOf(experiment, replicas.features, K).parameters;
  const predictions = tape.predictions.subarray(0, tape.length * R * D * K);
  return new Map([
    ['README.md', strToU8(description)],
    ['curves.csv', allCurvesCsv(tape)],
    ['decomposition.csv', textBytes(decompositionRows(curves, tape.length))],
    ['test-points.csv', textBytes(pointRows(replicas, points))],
    ['predictions.npy', npy(predictions, [tape.length, R, D, K])],
    ['weights.npy', npy(archive.weights, [archive.epochs.length, R, P])],
    ['best-weights.npy', npy(archive.bestWeights, [R, P])],
  ]);
}

/** One row for each epoch; float64 as JavaScript writes them, which gives every one back. */
function* decompositionRows({ target, counted, bias2, variance, error }: Curves, epochs: number): Generator<string> {
  const noise = target.noise.reduce((sum, x) => sum + x, 0) / target.noise.length;
  yield 'epoch,replicas,noise,bias2,variance,error\n';
  for (let e = 0; e < epochs; e++) yield `${[e, counted[e], noise, bias2[e], variance[e], error[e]].join(',')}\n`;
}

/** One row for each test point; `kept` is 1 for those whose predictions are kept. */
function* pointRows({ features, outputs, test }: Replicas, points: Int32Array): Generator<string> {
  const columns = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}${i}`);
  yield `${['point', 'kept', ...columns('x', features), ...columns('target', outputs), 'noise'].join(',')}\n`;
  const kept = new Set(points);
  for (let i = 0; i < test.size; i++) {
    const x = Array.from(test.x.subarray(i * features, (i + 1) * features), float32Text);
    const target = test.target.subarray(i * outputs, (i + 1) * outputs);
    yield `${[i, kept.has(i) ? 1 : 0, ...x, ...target, test.noise[i]].join(',')}\n`;
  }
}
