/** @file What the path of a file says: the name of its run, and whose part of it the file holds. */
import { metricIn } from './names/metrics.ts';
import { splitOf, splitWord, nameWords, type LogSplit } from './names/splits.ts';

const segmentsOf = (path: string): string[] =>
  path.split(/[/\\]/).filter((segment) => segment !== '' && segment !== '.');

/** How a file is named in a sentence. */
export const fileNameOf = (path: string): string => segmentsOf(path).at(-1) ?? 'text';

export const baseName = (path: string): string =>
  (segmentsOf(path).at(-1) ?? '').replace(/\.(?:csv|tsv|txt|json|jsonl|ndjson|log|md|out)$/i, '');

export const folderOf = (path: string): string => segmentsOf(path).slice(0, -1).join('/');

/** Of an event file: Keras has a folder for each split, `add_scalars` of PyTorch one for each curve (`Loss_val`). */
export function partOfFolder(path: string): { run: string; split: LogSplit | null } {
  const folders = segmentsOf(path).slice(0, -1);
  const last = folders.at(-1) ?? '';
  const split = splitOf(last);
  const others = nameWords(last).filter(({ text }) => splitWord(text) === null);
  const isPart = split !== null && others.every(({ text }) => metricIn(text) !== null);
  return isPart ? { run: folders.slice(0, -1).join('/'), split } : { run: folders.join('/'), split: null };
}

/** What each of several paths has and the others lack: `version_0` of `logs/version_0/metrics.csv`. */
export function tellApart(paths: readonly string[]): string[] {
  const split = paths.map(segmentsOf);
  const [first] = split;
  if (!first || split.length === 1) return paths.map(baseName);
  const shortest = Math.min(...split.map((segments) => segments.length));
  let head = 0;
  while (head < shortest - 1 && split.every((segments) => segments[head] === first[head])) head++;
  let tail = 0;
  while (tail < shortest - 1 - head && split.every((segments) => segments.at(-1 - tail) === first.at(-1 - tail)))
    tail++;
  return split.map((segments) => {
    const kept = segments.slice(head, segments.length - tail);
    return tail === 0 ? [...kept.slice(0, -1), baseName(kept.at(-1) ?? '')].join('/') : kept.join('/');
  });
}
