/** @file Puts what the first paint of several doors waits for into one chunk: many small ones compress worse. */

/** @typedef {{ importers: readonly string[] }} Known */

/**
 * @param {RegExp} door the files that a door begins with
 * @returns {(id: string, context: { getModuleInfo: (id: string) => Known | null }) => string | null} the chunk of a module
 */
export function doorChunks(door) {
  /** @type {Map<string, Set<string>>} */
  const known = new Map();
  /**
   * @param {string} id
   * @param {(id: string) => Known | null} info
   * @returns {Set<string>} the doors that import it, and not only once they are asked to
   */
  const doorsOf = (id, info) => {
    const found = known.get(id);
    if (found) return found;
    /** @type {Set<string>} */
    const doors = new Set(door.test(id) ? [id] : []);
    known.set(id, doors);
    for (const importer of info(id)?.importers ?? []) for (const one of doorsOf(importer, info)) doors.add(one);
    return doors;
  };
  return (id, context) => (doorsOf(id, (of) => context.getModuleInfo(of)).size >= 2 ? 'doors' : null);
}
