/** @file Finds files that import each other in a circle, so that each file can be read after those that it builds on. */
import path from 'node:path';

/** Of an import, an export or a lazy import, types too: what follows it names a file. */
const SOURCE = /\b(?:from|import)\s*\(?\s*'(\.[^'?]+)/g;

/**
 * A component that shows itself is recursion and no circle.
 * @param {Iterable<readonly [file: string, text: string]>} modules with forward slashes
 * @returns {string[][]} the files of each circle, or of circles that share a file
 */
export function importCircles(modules) {
  const texts = new Map(modules);
  const imports = new Map(
    [...texts].map(([file, text]) => {
      const named = [...text.matchAll(SOURCE)].map(([, source = '']) =>
        path.posix.join(path.posix.dirname(file), source),
      );
      return [file, named.filter((other) => other !== file && texts.has(other))];
    }),
  );
  const reach = (/** @type {string} */ start) => {
    const reached = new Set(imports.get(start));
    // A set grows while it is walked: what is added is walked as well.
    for (const file of reached) for (const next of imports.get(file) ?? []) reached.add(next);
    return reached;
  };
  /** @type {string[][]} */
  const circles = [];
  const reached = new Map([...texts.keys()].map((file) => [file, reach(file)]));
  for (const [file, others] of reached) {
    if (!others.has(file) || circles.some((circle) => circle.includes(file))) continue;
    circles.push([...others].filter((other) => reached.get(other)?.has(file)).toSorted());
  }
  return circles;
}
