/** @file Networks as plain JSON, for programs of one's own: readers/ has one of 40 lines in JavaScript and in Python. */
import { NORM_EPSILON } from '../../engine/model/layer-norm.ts';
import { float32Text } from '../curves-csv.ts';
import { fileName, textFile, type ExportFile } from '../files.ts';
import { membersName } from '../network.ts';
import { modelOf } from './build-model.ts';
import { AS_TRAINED, type Model, type ModelLayer, type ModelMaterial } from './model.ts';

export function jsonModelFile(material: ModelMaterial, options = AS_TRAINED): ExportFile {
  const name = fileName(material.experiment, `${membersName(material.network)}.json`);
  return textFile(name, 'application/json', `${JSON.stringify(jsonModel(modelOf(material, options)))}\n`);
}

/** What the file says of itself, then `(raw − mean) · factor` through the layers of each member, `· scale + offset`. */
export function jsonModel({ about, mean, factor, target, members }: Model) {
  return {
    ...about,
    mean: numbers(mean),
    factor: numbers(factor),
    scale: shortest(target?.scale ?? 1),
    offset: shortest(target?.offset ?? 0),
    members: members.map((layers) => layers.map(layerOf)),
  };
}

/** The kernel has a row for each input. */
function layerOf({ inputs, units, kernel, bias, norm, activation }: ModelLayer) {
  return {
    activation,
    kernel: Array.from({ length: inputs }, (_, i) => numbers(kernel.subarray(i * units, (i + 1) * units))),
    bias: numbers(bias),
    gains: norm && numbers(norm.gains),
    shifts: norm && numbers(norm.shifts),
    epsilon: norm && NORM_EPSILON,
  };
}

/** With the digits that give the float32 back, and no more. */
const shortest = (x: number) => Number(float32Text(x));
const numbers = (values: Float32Array) => Array.from(values, shortest);
