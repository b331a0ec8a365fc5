/** @file Programs of this machine. */
import { existsSync } from 'node:fs';
import path from 'node:path';

/** @param {string} name @returns {string | undefined} its file, if it is in the path */
export function programOf(name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}
