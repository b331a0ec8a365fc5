/** @file Code that comes when it is needed; where it does not come, the reader is told why and what to do. */

/** A reload without saving would lose the run on screen. */
export const PART_MISSING =
  'A part of this page could not be loaded: the connection may be down, or a newer version of the page may be out. Save or export what is on screen, then reload the page.';

export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new Error(PART_MISSING, { cause });
  }
}
