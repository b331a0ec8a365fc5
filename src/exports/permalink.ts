/**
 * @file The experiment in the address: `#v=3&data.source=moons&training.epochs=600`, the version of the document and what
 * differs from its defaults. A link of an earlier version is read with the defaults of that version and migrated.
 */
import { defaultsFor, withDefaults } from '../engine/experiment/defaults.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import { CURRENT_VERSION, versionRemedy } from '../engine/experiment/migrations/index.ts';
import type { Parsed, Problem } from '../engine/experiment/schema.ts';
import { settingAt } from '../engine/experiment/settings/index.ts';
import type { Entry } from '../engine/experiment/settings/kinds.ts';
import { difference, namesForm, set } from '../engine/experiment/tree.ts';
import { parseJson } from '../engine/json-text.ts';

/** Of a link: a chat program cuts longer ones, and a policy of 64 rules takes a third of it. */
const MAX_CHARACTERS = 2 ** 16;
/** Twice as many as an experiment has. */
const MAX_FIELDS = 200;
/** Names in the path of a field; an experiment's have three. */
const MAX_NAMES = 8;

export function toHash(experiment: Experiment): string {
  const changed = difference(experiment, defaultsFor(experiment.data.source));
  const pairs: [string, string][] = [['v', String(CURRENT_VERSION)]];
  const walk = (value: unknown, path: string) => {
    const setting = settingAt(path);
    const isJson = setting?.rest.length === 0 && inLinkOf(setting.entry) === 'json';
    // Of the default policy with other settings only these are said.
    if (isJson && (path !== 'stopping.policy' || namesForm(value))) pairs.push([path, JSON.stringify(value)]);
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, x] of Object.entries(value)) walk(x, path === '' ? key : `${path}.${key}`);
    } else pairs.push([path, Array.isArray(value) ? value.join(inLinkOf(setting!.entry)) : String(value)]);
  };
  if (changed !== undefined) walk(changed, '');
  return `#${pairs.map(([path, text]) => `${path}=${encoded(text)}`).join('&')}`;
}

/**
 * The experiment of an address, what is wrong with it by field, or null where the hash is not a link to one. A policy is
 * taken as it stands there: `withPolicy` reads it.
 */
export function fromHash(hash: string): Parsed | null {
  const query = hash.replace(/^#/, '');
  if (!/(^|&)v=/.test(query)) return null;
  const tooMuch = (what: string) =>
    failed({ path: '(link)', value: query.slice(0, 100), remedy: `has more than ${what}; ask for a new link` });
  if (query.length > MAX_CHARACTERS) return tooMuch(`the ${MAX_CHARACTERS} characters of a link`);
  const written = query.split('&', MAX_FIELDS + 1);
  if (written.length > MAX_FIELDS) return tooMuch(`the ${MAX_FIELDS} fields of a link`);
  const pairs = written.map((pair) => {
    const at = pair.indexOf('=');
    return at === -1 ? ([pair, ''] as const) : ([pair.slice(0, at), pair.slice(at + 1)] as const);
  });
  const text = pairs.find(([path]) => path === 'v')?.[1];
  if (text === undefined) return null;
  const version = number(text);
  const remedy = versionRemedy(version);
  if (remedy !== null) return failed({ path: 'v', value: text, remedy: `${remedy}, or ask for a new link` });

  let partial: unknown = { version };
  const seen = new Set<string>();
  for (const [path, raw] of pairs) {
    if (path === 'v' || path === '') continue;
    const text = decoded(raw);
    if (text === null) return failed({ path, value: raw, remedy: 'is cut or damaged; copy the whole link again' });
    if (seen.has(path)) return failed({ path, value: text, remedy: 'stands twice in the link; keep one' });
    seen.add(path);
    const names = path.split('.', MAX_NAMES + 1);
    if (names.length > MAX_NAMES || names.includes(''))
      return failed({ path, value: text, remedy: 'is not a known field; remove it' });
    partial = set(partial, names, read(path, text));
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

/** What an entry says of lists and documents in links. */
const inLinkOf = (entry: Entry) => ('inLink' in entry ? entry.inLink : undefined);

/** A value of the kind of its setting; a text that does not fit is kept as it is, for the schema to name. */
function read(path: string, text: string): unknown {
  const setting = settingAt(path);
  if (!setting) return ofUnknownKind(text);
  const { entry, rest } = setting;
  const inLink = inLinkOf(entry);
  if (inLink === 'json') return json(text);
  switch (entry.kind) {
    case 'text':
    case 'choice':
      return text;
    case 'flag':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'named':
      return rest[0] === 'name' ? text : number(text);
    case 'list':
      return text === '' ? [] : text.split(inLink!).map(number);
    case 'other':
      if (inLink === undefined || /^[a-z]+$/.test(text)) return ofUnknownKind(text);
      return text.split(inLink).map(number);
    default:
      return number(text);
  }
}

/** Also of a setting that only earlier versions of the document have. */
function ofUnknownKind(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  return /^[[{]/.test(text) ? json(text) : number(text);
}

/** A text that is no JSON, or too deep, is kept as it is, for the schema to name. */
function json(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

function number(text: string): number | string {
  const x = Number(text);
  return text.trim() === '' || Number.isNaN(x) ? text : x;
}
