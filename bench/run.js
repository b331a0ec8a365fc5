/** @file `npm run bench`: see options.ts for what may follow it. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('main.ts', import.meta.url)));
await module.main(process.argv.slice(2));
