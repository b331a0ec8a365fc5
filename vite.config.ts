/** @file How the page is served and built: a static site that works from any folder of any static host. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

const GRADIENTS = '@tensorflow/tfjs-core/dist/register_all_gradients';

/**
 * In Node (unit tests, command line) TensorFlow.js comes from its packages' CommonJS builds: the ES modules of 4.22
 * import one another without extensions, which plain Node refuses, and passing them through Vite costs seconds.
 * The gradients have no such build of their own; the layers package registers them when it is loaded.
 */
const tensorflowInNode: Plugin = {
  name: 'patience:tensorflow-in-node',
  enforce: 'pre',
  applyToEnvironment: (environment) => environment.config.consumer === 'server',
  config: () => ({ environments: { ssr: { resolve: { mainFields: ['main'] } } } }),
  transform: {
    filter: { code: GRADIENTS },
    handler: (code) => ({ code: code.replaceAll(GRADIENTS, '@tensorflow/tfjs-layers'), map: null }),
  },
};

export default defineConfig({
  // Relative paths, so that the build runs from a sub-path and from any folder.
  base: './',
  plugins: [svelte(), tensorflowInNode],
  build: { target: 'baseline-widely-available' },
  // The default (iife) would inline every lazily loaded backend into one worker file.
  worker: { format: 'es' },
});
