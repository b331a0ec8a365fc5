/**
 * @file What is drawn anew at every step of training: which units are left out, and the noise on the inputs. Each number
 * has its own place in a stream of random words, so that every trainer finds the same one in any order of work: block b of
 * the stream (seed, purpose, replica, epoch) holds the words of four units or inputs beside one another, and the blocks of
 * a point follow those of the point before it in the epoch's order.
 */
import { orderDraw } from '../data/draws.ts';
import { inverseNormal } from '../../../datasets/special.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Layout } from '../model/network.ts';
import { philox, PURPOSES } from '../random.ts';

const WORDS = 4294967296;

/** Whether units are left out anywhere. */
export const dropsOut = ({ model }: Pick<Experiment, 'model'>): boolean => model.dropout.some((rate) => rate > 0);

/** Blocks of one point: its hidden units in fours, layer after layer, whatever their rates; and where each layer begins. */
export function unitBlocks({ layers }: Layout): { starts: number[]; count: number } {
  let count = 0;
  const starts = layers.slice(0, -1).map(({ outputs }) => {
    const start = count;
    count += Math.ceil(outputs / 4);
    return start;
  });
  return { starts, count };
}

/** A unit is left out where its word lies below this. */
export const dropoutThreshold = (rate: number): number => Math.floor(rate * WORDS);

/** The four words of a block. */
function blockOf(
  experiment: Experiment,
  purpose: 'dropout' | 'input-noise',
  replica: number,
  epoch: number,
  block: number,
): Uint32Array {
  const words = new Uint32Array(4);
  philox(block, epoch, orderDraw(experiment, replica), PURPOSES.indexOf(purpose), experiment.seed, 0, words);
  return words;
}

/**
 * Factors `[n, units]` for each hidden layer: 0 for a unit left out, 1 / (1 − rate) for the others (Srivastava et al.
 * 2014, scaled in training), for the n points from place `from` on in a replica's order of an epoch.
 */
export function dropoutFactors(
  experiment: Experiment,
  layout: Layout,
  replica: number,
  epoch: number,
  from: number,
  n: number,
): Float64Array[] {
  const { starts, count } = unitBlocks(layout);
  return layout.layers.slice(0, -1).map(({ outputs }, l) => {
    const rate = experiment.model.dropout[l] ?? 0;
    const factors = new Float64Array(n * outputs).fill(1);
    if (rate === 0) return factors;
    const threshold = dropoutThreshold(rate);
    for (let p = 0; p < n; p++) {
      for (let u = 0; u < outputs; u += 4) {
        const words = blockOf(experiment, 'dropout', replica, epoch, (from + p) * count + starts[l]! + u / 4);
        for (let k = 0; k < 4 && u + k < outputs; k++) {
          factors[p * outputs + u + k] = words[k]! < threshold ? 0 : 1 / (1 - rate);
        }
      }
    }
    return factors;
  });
}

/** Standard normal numbers `[n, D]` for the inputs of the n points from place `from` on in a replica's order of an epoch. */
export function inputNoise(
  experiment: Experiment,
  features: number,
  replica: number,
  epoch: number,
  from: number,
  n: number,
): Float64Array {
  const noise = new Float64Array(n * features);
  const blocks = Math.ceil(features / 4);
  for (let p = 0; p < n; p++) {
    for (let d = 0; d < features; d += 4) {
      const words = blockOf(experiment, 'input-noise', replica, epoch, (from + p) * blocks + d / 4);
      for (let k = 0; k < 4 && d + k < features; k++) {
        noise[p * features + d + k] = inverseNormal((words[k]! + 0.5) / WORDS);
      }
    }
  }
  return noise;
}
