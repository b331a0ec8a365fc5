/** @file Runs a program of Patience in Node without a build: `node scripts/cli.js <name> [arguments]`. */
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { assemblyScript } from './assemblyscript.js';
import { tensorflowInNode } from './tensorflow-in-node.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const [name = '', ...args] = process.argv.slice(2);
/** @type {Record<string, string>} */
const ENTRIES = {
  experiment: '/src/cli/experiment.ts',
  replay: '/src/cli/replay.ts',
  logs: '/src/cli/logs.ts',
  inspect: '/src/cli/inspect.ts',
  listed: '/src/cli/listed.ts',
};
const entry = Object.hasOwn(ENTRIES, name) ? ENTRIES[name] : undefined;
if (entry === undefined) {
  console.error(`"${name}" is no command of Patience: use ${Object.keys(ENTRIES).join(', ')}`);
  process.exit(2);
}

// Vite stands between so that TypeScript, `?raw` and `import.meta.glob` mean what they mean in the page.
const server = await createServer({
  root,
  configFile: false,
  plugins: [tensorflowInNode, assemblyScript],
  appType: 'custom',
  logLevel: 'silent',
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true, include: [] },
});
try {
  const { main } = await server.ssrLoadModule(entry);
  process.exitCode = await main(args, { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr });
} finally {
  await server.close();
}
// Dawn (WebGPU in Node) keeps the process alive, and crashes when the garbage collector takes it apart at the end.
await new Promise((written) => process.stdout.write('', written));
process.exit();
