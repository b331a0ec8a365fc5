/** @file `npm run bench`: see options.ts for what may follow it. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

// What visitors get is measured: Vite would take this process for a developer's, and build the page with his warnings.
process.env.NODE_ENV = 'production';
const { module } = await runnerImport(fileURLToPath(new URL('main.ts', import.meta.url)));
await module.runBench(process.argv.slice(2));
