/** @file Shortens the name of a compared run to an end label of at most two lines. */

/** Characters that fit into the right gutter. */
const WIDTH = 11;

/** Breaks at the space nearest the middle if one line is too long; what is still too long ends in an ellipsis. */
export function labelLines(name: string): string[] {
  if (name.length <= WIDTH) return [name];
  const middle = name.length / 2;
  const spaces = [...name.matchAll(/ /g)].map(({ index }) => index);
  const space = spaces.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  const lines = space === undefined ? [name] : [name.slice(0, space), name.slice(space + 1)];
  return lines.map((line) => (line.length <= WIDTH ? line : `${line.slice(0, WIDTH - 1).trimEnd()}…`));
}
