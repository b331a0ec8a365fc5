/** @file The files that a reader chose or dropped, with those in their folders that may hold a history. */
import type { ChosenFile } from '../../workers/logs.ts';

/** What trainings write beside their logs, some of it large. */
const NO_LOG =
  /\.(?:pt|pth|ckpt|bin|safetensors|h5|hdf5|keras|onnx|pb|npy|npz|pkl|pickle|joblib|png|jpe?g|gif|svg|pdf|webp|mp4|zip|gz|tar|tgz|whl|so|py|pyc|ipynb|yaml|yml|toml|lock|html|js|css)$/i;
const HIDDEN = /(?:^|\/)(?:\.|__pycache__|node_modules)/;

const mayBeLog = (path: string): boolean => !NO_LOG.test(path) && !HIDDEN.test(path);

/** Of an input: of a folder those that may hold a history. */
export function chosenFiles(list: FileList): ChosenFile[] {
  const all = Array.from(list, (file) => ({
    path: file.webkitRelativePath || file.name,
    file,
    found: file.webkitRelativePath !== '',
  }));
  return all.filter(({ path, found }) => !found || mayBeLog(path));
}

/** Of a drop, its folders searched; entries have to be asked for before the event is over. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<ChosenFile[]> {
  const entries = Array.from(items, (item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null));
  if (entries.every((entry) => entry === null)) return chosenFiles(files);
  const found = await Promise.all(entries.flatMap((entry) => (entry ? [filesOf(entry, false)] : [])));
  return found.flat();
}

async function filesOf(entry: FileSystemEntry, inFolder: boolean): Promise<ChosenFile[]> {
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    if (inFolder && !mayBeLog(path)) return [];
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path, file, found: inFolder }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const all: FileSystemEntry[] = [];
  // A reader gives a hundred at a time, and none once it has given all.
  for (let some = await entriesOf(reader); some.length > 0; some = await entriesOf(reader)) all.push(...some);
  const files = await Promise.all(all.map((one) => filesOf(one, true)));
  return files.flat();
}

const entriesOf = (reader: FileSystemDirectoryReader) =>
  new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
