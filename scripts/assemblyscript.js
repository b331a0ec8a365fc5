/** @file Compiles AssemblyScript: `import bytes from './kernel/index.as'` is a WebAssembly module of the whole folder. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** By a name that the type checker does not follow: the compiler's types would change those of every array. */
const COMPILER = /** @type {string} */ ('assemblyscript/asc');

const FLAGS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory', '--noExportMemory'];
/** Compiling takes seconds: what was compiled before is kept here, under a name made from all that goes into it. */
const CACHE = fileURLToPath(new URL('../node_modules/.cache/patience/', import.meta.url));

/**
 * The compiler looks for `.ts`; ours end in `.as`, so that what reads TypeScript leaves them alone.
 * @param {string} entry
 * @param {Map<string, string>} sources by their names
 * @returns {Promise<Uint8Array>}
 */
async function compile(entry, sources) {
  const { default: asc } = await import(COMPILER);
  /** @type {Uint8Array | undefined} */
  let binary;
  let said = '';
  const { error } = await asc.main([entry.replace(/\.as$/, '.ts'), '--outFile', 'out.wasm', ...FLAGS], {
    readFile: (/** @type {string} */ name) => sources.get(name.replace(/\.ts$/, '.as')) ?? null,
    writeFile(/** @type {string} */ _, /** @type {Uint8Array} */ contents) {
      binary = contents;
    },
    listFiles: () => [],
    stderr: { write: (/** @type {string | Uint8Array} */ text) => (said += text.toString()) },
  });
  if (error || !binary) throw new Error(`${entry} does not compile:\n${said}`);
  return binary;
}

/**
 * @param {string} entry
 * @param {Map<string, string>} sources
 */
async function compileOnce(entry, sources) {
  const { version } = JSON.parse(await readFile(path.join(CACHE, '../../assemblyscript/package.json'), 'utf8'));
  const all = JSON.stringify([version, FLAGS, entry, ...sources]);
  const file = path.join(CACHE, `${createHash('sha256').update(all).digest('hex')}.wasm`);
  const kept = await readFile(file).catch(() => null);
  if (kept) return kept;
  const binary = await compile(entry, sources);
  await mkdir(CACHE, { recursive: true });
  // Under its name it is always whole, also for who reads it at the same time.
  await writeFile(`${file}.${process.pid}`, binary);
  await rename(`${file}.${process.pid}`, file);
  return Buffer.from(binary);
}

/** @type {import('vite').Plugin} */
export const assemblyScript = {
  name: 'patience:assemblyscript',
  load: {
    filter: { id: /\.as$/ },
    async handler(id) {
      const folder = path.dirname(id);
      const names = (await readdir(folder)).filter((name) => name.endsWith('.as')).sort();
      /** @type {Map<string, string>} */
      const sources = new Map();
      for (const name of names) {
        const file = path.join(folder, name);
        this.addWatchFile(file);
        sources.set(name, await readFile(file, 'utf8'));
      }
      const text = (await compileOnce(path.basename(id), sources)).toString('base64');
      return `export default Uint8Array.from(atob('${text}'), (c) => c.charCodeAt(0));`;
    },
  },
};
