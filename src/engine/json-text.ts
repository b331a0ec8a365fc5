/** @file JSON from outside: too long or too deep is refused before it is parsed; its values are shown cut. */

/** Experiments and policies are a hundred times shorter. */
const MAX_CHARACTERS = 2 ** 20;
/** A policy at its deepest, in an experiment, is 19 brackets deep; what walks a document by recursion bears hundreds. */
const MAX_BRACKETS = 64;
/** More of a value, or of its path, would hide the rest of the sentence. */
const SHOWN = 80;

/** The message begins with what the text must be, and ends with what to do. */
export class JsonTextError extends Error {
  override readonly name = 'JsonTextError';
}

/** The value of a JSON text; throws a JsonTextError. */
export function parseJson(text: string, maxCharacters = MAX_CHARACTERS): unknown {
  if (text.length > maxCharacters)
    throw new JsonTextError(`must have at most ${maxCharacters} characters, not ${text.length}; shorten it`);
  if (bracketsIn(text) > MAX_BRACKETS)
    throw new JsonTextError(
      `must not have more than ${MAX_BRACKETS} brackets within each other; take the inner ones out`,
    );
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new JsonTextError(`must be JSON: ${(error as SyntaxError).message}`);
  }
}

/** How deep the brackets are, those in strings left out. */
function bracketsIn(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) quoted = !quoted;
    else if (quoted) i += code === 92 ? 1 : 0;
    else if (code === 91 || code === 123) deepest = Math.max(deepest, ++depth);
    else if (code === 93 || code === 125) depth--;
  }
  return deepest;
}

/** A value from outside as sentences show it: as JSON, cut; `nothing` for undefined. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return cut(JSON.stringify(value.slice(0, SHOWN + 1)), value.length);
  try {
    const text = JSON.stringify(value) ?? 'nothing';
    return cut(text, text.length);
  } catch {
    return 'a value that JSON has no words for'; // a circle or a BigInt, which stored records may hold
  }
}

/** A path that a stranger may have written. */
export const shownPath = (path: string): string => cut(path, path.length);

const cut = (text: string, length: number) => (length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
