/** @file What the files of a build weigh, and which of them the first paint waits for. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * @typedef {object} Weight
 * @property {string} name path within the build
 * @property {number} raw bytes
 * @property {number} gzip bytes when compressed
 * @property {boolean} first whether index.html names it
 */

/**
 * @param {string} folder of the build
 * @returns {Weight[]} the heaviest first
 */
export function weigh(folder) {
  const html = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const first = new Set([...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map((match) => match[1]));
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const name = path.relative(folder, file).split(path.sep).join('/');
      const bytes = readFileSync(file);
      return { name, raw: bytes.length, gzip: gzipSync(bytes).length, first: first.has(name) };
    })
    .sort((a, b) => b.raw - a.raw);
}
