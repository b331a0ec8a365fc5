/** @file What the build weighs, file by file, and how much of it the first paint of each door waits for. */
import { fileURLToPath } from 'node:url';
import { firstOfDoors, weigh } from './weigh.js';

const folder = fileURLToPath(new URL('../dist/', import.meta.url));
const files = weigh(folder);

/**
 * @param {string} label
 * @param {{ raw: number, gzip: number }[]} parts
 */
function line(label, parts) {
  const kB = (/** @type {'raw' | 'gzip'} */ key) =>
    (parts.reduce((sum, part) => sum + part[key], 0) / 1000).toFixed(1).padStart(9);
  console.log(`${label.padEnd(56)}${kB('raw')} kB${kB('gzip')} kB gzip`);
}

for (const file of files) line(file.name, [file]);
line('all', files);
for (const { door, files: names } of firstOfDoors(folder)) {
  for (const [kind, ending] of [
    ['JavaScript', '.js'],
    ['CSS', '.css'],
  ]) {
    const first = files.filter(({ name }) => names.has(name) && name.endsWith(String(ending)));
    line(`${kind} before the first paint, ${door}`, first);
  }
}
