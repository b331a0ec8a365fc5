import * as tf from '@tensorflow/tfjs-core'; console.log(Object.keys(tf).length, typeof tf.matMul, typeof tf.tensor1d, typeof tf.default);
import * as w from '@tensorflow/tfjs-backend-wasm'; console.log(Object.keys(w));
import * as g from '@tensorflow/tfjs-backend-webgpu'; console.log(Object.keys(g));
