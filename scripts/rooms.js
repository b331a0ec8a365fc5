/**
 * @file A lint rule on folders: imports point one way, from the page down to the data; production files import nothing
 * that is only for tests; views lie in a folder of their page or panel.
 */
import path from 'node:path';

/** A file may import from its own rank and from lower ones. */
const RANKS = [
  ['datasets/'],
  ['src/engine/'],
  ['src/stopping/'],
  ['src/decomposition/', 'src/logs/'],
  ['src/evaluation/'],
  ['src/words/'],
  ['src/checkpoints/', 'src/exports/'],
  ['src/workers/'],
  ['src/lessons/', 'src/cli/'],
  ['src/session/'],
  ['src/views/'],
  ['src/App.svelte', 'src/main.ts'],
];
/** What a worker starts with: loaded by `new Worker`, and never a second time. */
const ENTRY = /^src\/workers\/.*-entry\.ts$/;
const TENSORFLOW = ['src/engine/trainers/', 'src/engine/devices/', 'src/workers/engine.ts', 'src/cli/'];

const within = (/** @type {string} */ file, /** @type {string[]} */ places) =>
  places.some((place) => file.startsWith(place));
const rankOf = (/** @type {string} */ file) => RANKS.findIndex((places) => within(file, places));
const SESSION = rankOf('src/session/');

/**
 * @param {string} from a file of the repository, with forward slashes
 * @param {string} to the same, or the name of a package
 * @returns {string | undefined} what is wrong with this import
 */
export function objection(from, to) {
  const rank = rankOf(from);
  if (rank === -1) return undefined;
  if (to.endsWith('.testing.ts')) return `${from} must not import ${to}: files named *.testing.ts are only for tests.`;
  if (rankOf(to) > rank) return `${from} must not import ${to}: imports point one way, see scripts/rooms.js.`;
  if (ENTRY.test(to)) return `${to} is a worker's entry, to be started and never imported: WebKit would run it twice.`;
  if (to.startsWith('@tensorflow/') && !within(from, TENSORFLOW)) {
    return `TensorFlow.js is imported only in ${TENSORFLOW.join(', ')}, so that the first paint does not wait for it.`;
  }
  if (/^svelte(\/|$)/.test(to) && rank < SESSION)
    return `${from} must not know Svelte: it also runs in a worker and in Node.`;
  return undefined;
}

/**
 * @param {string} file of the repository, with forward slashes
 * @returns {string | undefined} what is wrong with its place
 */
export function misplacement(file) {
  if (/^src\/views\/[^/]+$/.test(file)) return `${file} lies loose: views lie in a folder of their page or panel.`;
  return undefined;
}

/** @type {import('eslint').Rule.RuleModule} */
export const rooms = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const relative = (/** @type {string} */ file) => path.relative(context.cwd, file).replaceAll(path.sep, '/');
    const check = (/** @type {{ source?: import('estree').Node | null }} */ { source }) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const { value } = source;
      const to = value.startsWith('.') ? relative(path.resolve(path.dirname(context.filename), value)) : value;
      const message = objection(relative(context.filename), to);
      if (message !== undefined) context.report({ node: source, message });
    };
    return {
      Program(node) {
        const message = misplacement(relative(context.filename));
        if (message !== undefined) context.report({ node, message });
      },
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
