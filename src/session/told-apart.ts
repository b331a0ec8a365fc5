/** @file What a reader brings, by a drop, a picker or a paste: told apart by what is in it, whatever it is called. */
import { isTree, namesForm, type Tree } from '../engine/experiment/tree.ts';

export type Brought =
  /** The document of an experiment, also where it stands in the outcome of a run. */
  | { kind: 'experiment'; document: Tree }
  | { kind: 'policy'; document: Tree }
  /** The address of an experiment, from its `#` on. */
  | { kind: 'link'; hash: string }
  /** Metric histories of a job trained elsewhere. */
  | { kind: 'log' }
  /** Rows to learn from. */
  | { kind: 'table' }
  /** Nothing that the page opens: why, and what to do. */
  | { kind: 'other'; remedy: string };

const ZIP = [0x50, 0x4b];
const XLSX = ['xl/', '[Content_Types]'];

/** `bytes` is the whole content of a file, or its beginning where that is long. */
export function toldApart(bytes: Uint8Array, whole: boolean): Brought {
  const text = new TextDecoder()
    .decode(bytes)
    .replace(/^\uFEFF/, '')
    .trim();
  if (ZIP.every((byte, i) => bytes[i] === byte)) {
    const isSheet = XLSX.some((part) => text.slice(0, 4000).includes(part));
    const remedy = isSheet
      ? 'is a workbook; save its sheet as CSV and open that'
      : 'is a zip archive; unpack it and open experiment.json or outcome.json of it';
    return { kind: 'other', remedy };
  }
  if (text === '') return { kind: 'other', remedy: 'is empty; choose another file' };
  const hash = /^(?:https?:\/\/\S*)?(#\S*)$/.exec(text)?.[1];
  if (hash !== undefined && /[#?&]v=/.test(hash)) return { kind: 'link', hash };
  if (!/^[[{]/.test(text)) return { kind: 'table' };
  if (!whole) return { kind: 'log' };
  try {
    return documentOf(JSON.parse(text));
  } catch (error) {
    // A history may be written as one document a line.
    if (isJson(text.split('\n')[0]!)) return { kind: 'log' };
    return { kind: 'other', remedy: `is cut or damaged JSON (${(error as Error).message}); take it away again` };
  }
}

function documentOf(document: unknown): Brought {
  if (!isTree(document)) return { kind: 'log' };
  if (namesForm(document)) return { kind: 'policy', document };
  if (isExperiment(document.experiment)) return { kind: 'experiment', document: document.experiment };
  if (isExperiment(document)) return { kind: 'experiment', document };
  return { kind: 'log' };
}

/** Whether it has at least as many branches of an experiment as others, so that what is wrong can be said by its field. */
function isExperiment(document: unknown): document is Tree {
  if (!isTree(document)) return false;
  const entries = Object.entries(document).filter(([key]) => key !== 'version');
  const known = entries.filter(([key, value]) => (BRANCHES.includes(key) ? isTree(value) : LEAVES.includes(key)));
  return known.length > 0 && known.length >= entries.length / 2;
}

const BRANCHES = ['data', 'replicas', 'model', 'loss', 'training', 'stopping'];
const LEAVES = ['objective', 'stages', 'seed'];

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
