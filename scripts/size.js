/** @file What the build weighs, file by file, and how much of it the first paint waits for. */
import { fileURLToPath } from 'node:url';
import { weigh } from './weigh.js';

const files = weigh(fileURLToPath(new URL('../dist/', import.meta.url)));

/**
 * @param {string} label
 * @param {{ raw: number, gzip: number }[]} parts
 */
function line(label, parts) {
  const kB = (/** @type {'raw' | 'gzip'} */ key) =>
    (parts.reduce((sum, part) => sum + part[key], 0) / 1000).toFixed(1).padStart(9);
  console.log(`${label.padEnd(56)}${kB('raw')} kB${kB('gzip')} kB gzip`);
}

const first = files.filter((file) => file.first);
for (const file of files) line(file.name, [file]);
line('all', files);
line(
  'JavaScript before the first paint',
  first.filter((file) => file.name.endsWith('.js')),
);
line(
  'CSS before the first paint',
  first.filter((file) => file.name.endsWith('.css')),
);
