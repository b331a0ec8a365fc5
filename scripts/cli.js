/** @file Runs an entry of src/cli in Node without a build: `node scripts/cli.js <entry> [arguments]`. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { assemblyScript } from './assemblyscript.js';
import { tensorflowInNode } from './tensorflow-in-node.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const [entry = '', ...args] = process.argv.slice(2);
if (!/^[a-z]+$/.test(entry) || !existsSync(`${root}src/cli/${entry}.ts`)) {
  console.error(`"${entry}" is no command of Patience: use experiment, replay or logs`);
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
  const { main } = await server.ssrLoadModule(`/src/cli/${entry}.ts`);
  process.exitCode = await main(args, { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr });
} finally {
  await server.close();
}
// Dawn (WebGPU in Node) keeps the process alive, and crashes when the garbage collector takes it apart at the end.
await new Promise((written) => process.stdout.write('', written));
process.exit();
