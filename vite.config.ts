/** @file How the page is served and built: a static site that works from any folder of any static host. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { assemblyScript } from './scripts/assemblyscript.js';
import { doorChunks } from './scripts/door-chunks.js';
import { contentSecurity } from './scripts/content-security.js';
import { GRADIENTS, tensorflowInNode } from './scripts/tensorflow-in-node.js';
import { workerEntries } from './scripts/worker-entries.js';

/** Unit tests run in Node, where Svelte's compiler would leave out all effects: they test what browsers run. */
const asInBrowsers = process.env.VITEST ? { dynamicCompileOptions: () => ({ generate: 'client' as const }) } : {};

export default defineConfig({
  // Relative paths, so that the build runs from a sub-path and from any folder.
  base: './',
  plugins: [svelte({ configFile: false, ...asInBrowsers }), tensorflowInNode, assemblyScript, contentSecurity()],
  // The manifest tells the size report what each door loads.
  build: {
    target: 'baseline-widely-available',
    manifest: true,
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: doorChunks(/\/src\/views\/(learn|workshop)\/door\.ts$/) }] } },
    },
    // The entry is there before anything asks for more; to preload it again is an error event in Firefox.
    modulePreload: { resolveDependencies: (_, deps) => deps.filter((file) => !/(^|\/)index-[^/]*\.js$/.test(file)) },
  },
  // The default (iife) would inline every lazily loaded backend into one worker file.
  worker: { format: 'es', plugins: () => [assemblyScript, workerEntries] },
  // Known beforehand, so that the worker's first import does not make the development server bundle and reload again.
  optimizeDeps: {
    include: [
      '@tensorflow/tfjs-core',
      GRADIENTS,
      '@tensorflow/tfjs-backend-cpu',
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-backend-webgpu',
      '@tensorflow/tfjs-layers',
    ],
  },
});
