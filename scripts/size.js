/** @file What the build weighs, file by file, and how much of it the first paint waits for. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => {
    const path = `${entry.parentPath}/${entry.name}`;
    const bytes = readFileSync(path);
    return { name: path.slice(dist.length).replace(/^[\\/]/, ''), raw: bytes.length, gzip: gzipSync(bytes).length };
  })
  .sort((a, b) => b.raw - a.raw);

/**
 * @param {string} label
 * @param {{ raw: number, gzip: number }[]} parts
 */
function line(label, parts) {
  const kB = (/** @type {'raw' | 'gzip'} */ key) =>
    (parts.reduce((sum, part) => sum + part[key], 0) / 1000).toFixed(1).padStart(9);
  console.log(`${label.padEnd(56)}${kB('raw')} kB${kB('gzip')} kB gzip`);
}

const html = readFileSync(`${dist}index.html`, 'utf8');
const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map((match) => match[1]);
const first = files.filter((file) => named.includes(file.name));
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
