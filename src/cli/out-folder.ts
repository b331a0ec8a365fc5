/** @file The folder for results: whether it can be written is found out before anything is trained. */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { Mistake } from './mistake.ts';

/** Throws a Mistake unless the folder is there, or can be made in the nearest one above it; makes nothing. */
export async function checkOut(out: string): Promise<void> {
  for (let at = path.resolve(out); ; at = path.dirname(at)) {
    let found;
    try {
      found = await stat(at);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      // Below a file: it is named one step on.
      if ((code === 'ENOENT' || code === 'ENOTDIR') && at !== path.dirname(at)) continue;
      throw new Mistake(`--out: ${out} cannot be used (${message}); name another folder`);
    }
    if (!found.isDirectory()) throw new Mistake(`--out: ${at} is a file; name a folder for the results`);
    try {
      return await access(at, constants.W_OK | constants.X_OK);
    } catch {
      throw new Mistake(`--out: ${at} may not be written; name another folder`);
    }
  }
}
