/** @file The real `earlyStopping` of TensorFlow.js on one history a line, for ask_tfjs.py. */
import { createInterface } from 'node:readline';
import { callbacks, version_layers as version } from '@tensorflow/tfjs-layers';

console.warn = () => {}; // it warns of every epoch whose metric is missing

/** @param {{ values: (number | string | null)[], options: Parameters<typeof callbacks.earlyStopping>[0] }} question */
async function judge({ values, options }) {
  const callback = callbacks.earlyStopping(options);
  const model = { stopTraining: false };
  // Model.fit gives it the model in this way.
  Object.assign(callback, { model });
  const state = /** @type {{ best: number, wait: number }} */ (/** @type {unknown} */ (callback));
  await callback.onTrainBegin();
  let best = -1;
  let last = -1;
  for (const value of values) {
    last++;
    const before = state.best;
    await callback.onEpochEnd(last, value === null ? {} : { val_loss: Number(value) });
    if (state.best !== before) best = last;
    if (model.stopTraining) break;
  }
  return [last, model.stopTraining, best, state.wait];
}

/** @param {Error} error */
const refusal = ({ constructor, message }) => ({ error: constructor.name, message });

for await (const line of createInterface({ input: process.stdin })) {
  /** @type {unknown} */
  const parsed = JSON.parse(line);
  const question = /** @type {Parameters<typeof judge>[0] & { version?: true }} */ (parsed);
  const answer = question.version ? { version } : await judge(question).catch(refusal);
  console.log(JSON.stringify(answer));
}
