/** @file What cannot be read as metric histories: where it stands, what stands there, and what to do about it. */

/** More of a value would hide the rest of the sentence. */
const SHOWN = 60;

export class LogError extends Error {
  override readonly name = 'LogError';
  /** The value as it is shown: cut where it is long. */
  readonly content: string;

  /**
   * @param place a file, a line, a column, a value
   * @param remedy begins with what is wrong or what it must be, ends with what to do
   */
  constructor(
    readonly place: string,
    content: string,
    readonly remedy: string,
  ) {
    const shown = excerpt(content);
    super(`${excerpt(place)}: ${shown} ${remedy}`);
    this.content = shown;
  }
}

/** The first characters of a text, on one line. */
export function excerpt(text: string): string {
  const line = text.slice(0, SHOWN + 1).replace(/\s+/g, ' ');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
