/** @file TensorFlow.js in Node, for the unit tests and the command line. */

export const GRADIENTS = '@tensorflow/tfjs-core/dist/register_all_gradients';

/**
 * In Node TensorFlow.js comes from its packages' CommonJS builds: the ES modules of 4.22 import one another without
 * extensions, which plain Node refuses, and passing them through Vite costs seconds. The gradients have no such build
 * of their own; the layers package registers them when it is loaded.
 * @type {import('vite').Plugin}
 */
export const tensorflowInNode = {
  name: 'patience:tensorflow-in-node',
  enforce: 'pre',
  applyToEnvironment: (environment) => environment.config.consumer === 'server',
  config: () => ({ environments: { ssr: { resolve: { mainFields: ['main'] } } } }),
  transform: {
    filter: { code: GRADIENTS },
    handler: (code) => ({ code: code.replaceAll(GRADIENTS, '@tensorflow/tfjs-layers'), map: null }),
  },
};
