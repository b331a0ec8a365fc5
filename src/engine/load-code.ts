/** @file Loads code that is fetched when it is first needed; that it did not come says nothing of what it would have done. */

/** Another attempt may succeed. */
export class CodeMissing extends Error {
  constructor(cause: unknown) {
    super('its code could not be loaded', { cause });
  }
}

/** `load` holds the `import()`, and no more. */
export async function loadCode<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new CodeMissing(cause);
  }
}
