/** @file What the files of a build weigh, and which of them each door's first paint waits for. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * @typedef {object} Weight
 * @property {string} name path within the build
 * @property {number} raw bytes
 * @property {number} gzip bytes when compressed
 * @property {boolean} first whether the first paint of the workshop waits for it
 */

const MANIFEST = '.vite/manifest.json';

/**
 * @param {string} folder of the build
 * @returns {Weight[]} the heaviest first
 */
export function weigh(folder) {
  const first = firstOfDoors(folder).find(({ door }) => door === 'workshop')?.files;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const name = path.relative(folder, file).split(path.sep).join('/');
      const bytes = readFileSync(file);
      return { name, raw: bytes.length, gzip: gzipSync(bytes).length, first: first?.has(name) ?? false };
    })
    .filter(({ name }) => name !== MANIFEST)
    .sort((a, b) => b.raw - a.raw);
}

/**
 * What is loaded before a door of the page is drawn: the page itself, the door, and what both import at once.
 *
 * @param {string} folder of the build
 * @returns {{ door: string, files: Set<string> }[]} names of files within the build
 */
export function firstOfDoors(folder) {
  /** @type {Record<string, { file: string, imports?: string[], css?: string[] }>} */
  const manifest = JSON.parse(readFileSync(path.join(folder, MANIFEST), 'utf8'));
  return Object.keys(manifest)
    .flatMap((source) => /^src\/views\/(.+)\/door\.ts$/.exec(source) ?? [])
    .filter((text) => !text.startsWith('src/'))
    .map((door) => {
      /** @type {Set<string>} */
      const files = new Set();
      /** @type {Set<string>} */
      const seen = new Set();
      const add = (/** @type {string} */ source) => {
        const chunk = manifest[source];
        if (!chunk) throw new Error(`${MANIFEST} of the build has no entry "${source}"; build again`);
        if (seen.has(source)) return;
        seen.add(source);
        for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
        chunk.imports?.forEach(add);
      };
      add('index.html');
      add(`src/views/${door}/door.ts`);
      return { door, files };
    });
}
