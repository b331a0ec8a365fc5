import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
await tf.setBackend('wasm'); console.log(tf.getBackend(), await tf.grad((x) => tf.sum(tf.tanh(x)))(tf.tensor1d([0,1])).data());
