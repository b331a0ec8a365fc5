/** @file Real trainings by TensorFlow.js whose metric is made up, one a line, for train_tfjs.py. */
import { createInterface } from 'node:readline';
import { runInNewContext } from 'node:vm';
import '@tensorflow/tfjs-backend-cpu';
import { ones } from '@tensorflow/tfjs-core';
import { callbacks, CustomCallback, layers, sequential } from '@tensorflow/tfjs-layers';

console.warn = () => {};

const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
const one = ones([1, 1]);

/** @typedef {InstanceType<typeof CustomCallback> & { monitor: string }} Rule */

/** @param {{ code: string, values: (number | string)[] }} question */
async function train({ code, values }) {
  /** @type {unknown} */
  const made = runInNewContext(code, { tf: { callbacks } });
  const rules = /** @type {Rule[]} */ ([made].flat());
  let last = -1;
  const script = new CustomCallback(
    {
      onEpochEnd(epoch, logs) {
        last = epoch;
        for (const { monitor } of rules) Object.assign(logs ?? {}, { [monitor]: Number(values[epoch]) });
      },
    },
    'never',
  );
  model.stopTraining = false;
  await model.fit(one, one, { epochs: values.length, verbose: 0, callbacks: [script, ...rules] });
  return [last, model.stopTraining, null];
}

for await (const line of createInterface({ input: process.stdin })) {
  /** @type {unknown} */
  const question = JSON.parse(line);
  console.log(JSON.stringify(await train(/** @type {Parameters<typeof train>[0]} */ (question))));
}
