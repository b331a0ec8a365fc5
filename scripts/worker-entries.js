/** @file Refuses a build in which a chunk imports the entry of a worker, for WebKit's sake: see src/workers/hand-over.ts. */

/**
 * @typedef {Pick<import('vite').Rolldown.OutputChunk, 'type' | 'fileName' | 'isEntry' | 'exports' | 'imports' | 'dynamicImports'>
 *   | { type: 'asset' }} Output
 */

/**
 * @param {Output[]} outputs all files of the build of one worker
 * @returns {string[]} what is wrong with them, one sentence each
 */
export function faultsOf(outputs) {
  const chunks = outputs.flatMap((output) => (output.type === 'chunk' ? output : []));
  const entries = chunks.filter(({ isEntry }) => isEntry);
  if (entries.length === 0) return ['The build of a worker has no entry.'];
  return entries.flatMap((entry) => [
    ...(entry.exports.length > 0 ? [`${entry.fileName}, a worker's entry, exports ${entry.exports.join(', ')}.`] : []),
    ...chunks
      .filter(({ imports, dynamicImports }) => [...imports, ...dynamicImports].includes(entry.fileName))
      .map(({ fileName }) => `${fileName} imports ${entry.fileName}, a worker's entry.`),
  ]);
}

/** For the builds of workers only: the entry of a page may be imported. @type {import('vite').Plugin} */
export const workerEntries = {
  name: 'patience:worker-entries',
  generateBundle(_, bundle) {
    const faults = faultsOf(Object.values(bundle));
    if (faults.length > 0) {
      this.error(`${faults.join(' ')} WebKit would run it twice: let it hold nothing but a dynamic import.`);
    }
  },
};
