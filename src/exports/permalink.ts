/**
 * @file The experiment in the address: `#v=2&data.source=moons&training.epochs=600`, the version of the document and what
 * differs from its defaults. A link of an earlier version is read with the defaults of that version and migrated.
 */
import { defaultsFor, withDefaults } from '../engine/experiment/defaults.ts';
import { DEFAULT_EXPERIMENT, type Experiment } from '../engine/experiment/experiment.ts';
import { CURRENT_VERSION, defaultsOfVersion, versionRemedy } from '../engine/experiment/migrations/index.ts';
import type { Parsed, Problem } from '../engine/experiment/schema.ts';
import { at, difference, set } from '../engine/experiment/tree.ts';

/** What stands between the numbers of a list; those that may be written as 1e-7 need another sign. */
const LISTS: Readonly<Record<string, string>> = {
  'model.hidden': '-',
  'model.dropout': '_',
  'loss.classWeights': '_',
};
/** What is written as JSON. */
const DOCUMENTS: ReadonlySet<string> = new Set(['stages', 'stopping.policy']);

export function toHash(experiment: Experiment): string {
  const changed = difference(experiment, defaultsFor(experiment.data.source));
  const pairs: [string, string][] = [['v', String(CURRENT_VERSION)]];
  const walk = (value: unknown, path: string) => {
    if (DOCUMENTS.has(path)) pairs.push([path, JSON.stringify(value)]);
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, x] of Object.entries(value)) walk(x, path === '' ? key : `${path}.${key}`);
    } else pairs.push([path, Array.isArray(value) ? value.join(LISTS[path]) : String(value)]);
  };
  if (changed !== undefined) walk(changed, '');
  return `#${pairs.map(([path, text]) => `${path}=${encoded(text)}`).join('&')}`;
}

/**
 * The experiment of an address, what is wrong with it by field, or null where the hash is not a link to one. A policy is
 * taken as it stands there: `withPolicy` reads it.
 */
export function fromHash(hash: string): Parsed | null {
  const pairs = hash
    .replace(/^#/, '')
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at === -1 ? ([pair, ''] as const) : ([pair.slice(0, at), pair.slice(at + 1)] as const);
    });
  const text = pairs.find(([path]) => path === 'v')?.[1];
  if (text === undefined) return null;
  const version = number(text);
  const remedy = versionRemedy(version);
  if (remedy !== null) return failed({ path: 'v', value: text, remedy: `${remedy}, or ask for a new link` });

  const defaults = defaultsOfVersion(version, DEFAULT_EXPERIMENT);
  let partial: unknown = { version };
  const seen = new Set<string>();
  for (const [path, raw] of pairs) {
    if (path === 'v' || path === '') continue;
    const text = decoded(raw);
    if (text === null) return failed({ path, value: raw, remedy: 'is cut or damaged; copy the whole link again' });
    if (seen.has(path)) return failed({ path, value: text, remedy: 'stands twice in the link; keep one' });
    seen.add(path);
    partial = set(partial, path.split('.'), read(text, path, at(defaults, path.split('.'))));
  }
  return withDefaults(partial);
}

function failed(problem: Problem): Parsed {
  return { ok: false, problems: [problem] };
}

/** Also what `encodeURIComponent` lets through and Markdown, mail and chat programs break links at. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null; // the only error is a malformed escape, which the caller reports
  }
}

const TEXTS = new Set([
  'data.own.name',
  'data.own.target',
  'data.own.task',
  'data.own.sha256',
  'training.optimizer.name',
]);

/** A value's type is that of its default; a text that does not fit is kept as it is, for the schema to name. */
function read(text: string, path: string, standard: unknown): unknown {
  if (path === 'loss.classWeights' && (text === 'none' || text === 'balanced')) return text;
  if (DOCUMENTS.has(path)) return json(text);
  const between = LISTS[path];
  if (between) return text === '' ? [] : text.split(between).map(number);
  if (path === 'stopping.baseline' && text === 'null') return null;
  if (TEXTS.has(path) || (typeof standard === 'string' && path !== 'training.batchSize')) return text;
  if (typeof standard === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return number(text);
}

/** A text that is no JSON is kept as it is, for the schema to name. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function number(text: string): number | string {
  const x = Number(text);
  return text.trim() === '' || Number.isNaN(x) ? text : x;
}
