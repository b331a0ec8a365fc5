/** @file One network as a TensorFlow.js layers model that takes raw values: a zip of model.json, weights.bin, README.txt. */
import { strToU8, zipSync } from 'fflate';
import type { Experiment } from '../engine/experiment/experiment.ts';
import { ACTIVATIONS } from '../engine/model/activations.ts';
import { OBJECTIVES } from '../engine/model/objectives.ts';
import { fileName, type ExportFile } from './files.ts';
import { kerasLayers, modelJson, weightsBin, type DenseLayer } from './layers-model-format.ts';
import { modelOf } from './models/build-model.ts';
import { AS_TRAINED, type ModelMaterial } from './models/model.ts';
import { pruned } from './models/precision.ts';
import { membersName, type Network } from './network.ts';

/** Of the first member: the format has no ensemble. */
export function layersModelFile(material: ModelMaterial, options = AS_TRAINED): ExportFile {
  const { experiment, network } = material;
  const { about } = modelOf(material, { ...options, precision: 'float32' });
  const { replica, epoch, weights } = network.members[0]!;
  const layers = denseLayers(experiment, network, pruned(network.layout, weights, options.sparsity)).flatMap(
    kerasLayers,
  );
  const model = modelJson(layers, about.inputs.length, { ...about, replica, epoch });
  const entries = {
    'model.json': strToU8(JSON.stringify(model, null, 1)),
    'weights.bin': weightsBin(layers),
    'README.txt': strToU8(readme(experiment, network)),
  };
  return {
    name: fileName(experiment, `${membersName(network)}.zip`),
    mime: 'application/zip',
    // A fixed date: the same network gives the same bytes.
    bytes: new Uint8Array(zipSync(entries, { mtime: new Date(1980, 0, 1) })),
  };
}

/**
 * The network on raw inputs. Scaling is folded into the first weights and the target's units into the last, in
 * float64. The mean is subtracted by a layer of its own, exactly: folded into a bias it would leave the small
 * difference of two large numbers to float32 (a column of years: mean 2000, sd 5).
 */
function denseLayers(
  experiment: Experiment,
  { layout, standardisation }: Network,
  trained: Float32Array,
): DenseLayer[] {
  const { mean, sd, scale, target } = standardisation;
  const D = layout.features;
  const centre = Float64Array.from(mean, (m) => -Math.fround(m));
  const kernel = new Float64Array(D * D);
  for (let i = 0; i < D; i++) kernel[i * D + i] = 1;
  const layers: DenseLayer[] = [
    { name: 'centre', activation: 'linear', inputs: D, units: D, kernel, bias: centre, norm: null },
  ];

  layout.layers.forEach(({ inputs, outputs, weights, biases, gains, activation }, l) => {
    const part = (from: number, length: number) => Float64Array.from(trained.subarray(from, from + length));
    const W = part(weights, inputs * outputs);
    const b = part(biases, outputs);
    if (l === 0) {
      for (let i = 0; i < inputs; i++) {
        const rounding = Math.fround(mean[i]!) - mean[i]!;
        for (let j = 0; j < outputs; j++) {
          W[i * outputs + j] = (W[i * outputs + j]! / sd[i]!) * scale;
          b[j] = b[j]! + rounding * W[i * outputs + j]!;
        }
      }
    }
    const last = l === layout.layers.length - 1;
    if (last && target) {
      W.forEach((w, i) => (W[i] = w * target.sd));
      b.forEach((x, j) => (b[j] = x * target.sd + target.mean));
    }
    const name = last ? 'output' : `hidden_${l + 1}`;
    layers.push({
      name,
      activation: last ? OBJECTIVES[experiment.objective].output : ACTIVATIONS[activation].keras,
      inputs,
      units: outputs,
      kernel: W,
      bias: b,
      norm: gains === null ? null : { gains: part(gains, outputs), shifts: part(gains + outputs, outputs) },
    });
  });
  return layers;
}

function readme(experiment: Experiment, { members, inputs, classes }: Network): string {
  const { replica, epoch } = members[0]!;
  const gives =
    classes === null
      ? 'the predicted value'
      : OBJECTIVES[experiment.objective].output === 'sigmoid'
        ? `the probability of "${classes[1]}"`
        : `the probabilities of ${classes.join(', ')}`;
  return `${[
    `Replica ${replica} after epoch ${epoch} (both counted from 0), trained by Patience on ${experiment.data.own?.name ?? experiment.data.source}.`,
    'Browser: const model = await tf.loadLayersModel("model.json")  // served beside weights.bin, with @tensorflow/tfjs',
    'Node: const model = await tf.loadLayersModel("file://./model.json")  // with @tensorflow/tfjs-node',
    `Use: model.predict(tf.tensor2d([[${inputs.map((name) => name.replaceAll(/\s+/g, ' ')).join(', ')}]]))  // raw values: the standardisation is inside the model`,
    `It returns ${gives}.`,
  ].join('\n')}\n`;
}
