/** @file The files that a path names: itself, or in a folder those that may be logs. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { MAX_BYTES } from '../logs/limits.ts';
import { Mistake } from './mistake.ts';

/** What lies beside logs in the folders of trainings: weights, pictures, code, settings. */
const OTHER =
  /\.(?:pt|pth|ckpt|bin|safetensors|h5|hdf5|keras|onnx|pkl|pickle|npy|npz|png|jpe?g|svg|gif|pdf|py|ipynb|ya?ml|zip|gz|tar|model|cbm)$|^\.|^(?:hparams|config|params|args)\.\w+$/i;

/** In the order of their names. Throws a Mistake where there are none or where they are too large to be read at all. */
export async function filesUnder(named: string): Promise<string[]> {
  const found = await stat(named);
  if (!found.isDirectory()) {
    if (found.size > MAX_BYTES)
      throw new Mistake(`${named}: ${found.size} bytes must be at most ${MAX_BYTES}; thin it out`);
    return [named];
  }
  const entries = (await readdir(named, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !OTHER.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (entries.length === 0) throw new Mistake(`${named} holds no file that could be a log; name another folder`);
  return entries;
}
