/** @file The options of `npm run replay`: those of each library are made from the parameters of its rule. */
import type { Setting } from '../engine/experiment/experiment.ts';
import { parseArgs } from 'node:util';
import { remedyFor, type Rules } from '../stopping/policy.ts';
import type { Parameter, Rule } from '../stopping/rule.ts';
import { RUNS_RULES } from '../stopping/over-runs/index.ts';
import { ORDERS, type ReportOrder, type RunsRule } from '../stopping/over-runs/runs-rule.ts';
import { LIBRARIES } from '../stopping/rules/index.ts';
import { Mistake } from './mistake.ts';

const RULES: Rules = LIBRARIES;
const NAMES = Object.keys(RULES);

const STDIN = 'values.json: an array of numbers, null for a missing value, "NaN", "Infinity" or "-Infinity"\n';
export const USAGE = `usage: npm run --silent replay -- --library ${NAMES.join('|')} [options] < values.json
       npm run --silent replay -- --policy policy.json < values.json
       npm run --silent replay -- --log FILE [--watch NAME] [--direction min|max] --library … [options]
       npm run --silent replay -- --library ${Object.keys(RUNS_RULES).join('|')} … over the runs of a log\n${STDIN}`;

const USAGE_OF_RUNS = `usage: npm run --silent replay -- --log FILE [--watch NAME] [--direction min|max] --library … [options]
       npm run --silent replay -- --library … --direction min|max [options] < runs.json
runs.json: an array of runs, each an array as in values.json, or an object of such by their names\n`;

/** The file that `--policy` names; null without it. Throws a Mistake if it stands beside other options. */
export function policyFileOf(argv: readonly string[]): string | null {
  if (!argv.some((arg) => arg === '--policy' || arg.startsWith('--policy='))) return null;
  try {
    const { policy } = parseArgs({ args: [...argv], options: { policy: { type: 'string' } } }).values;
    if (policy) return policy;
  } catch (error) {
    throw new Mistake(`--policy takes a file and no other option: ${(error as Error).message}`);
  }
  throw new Mistake('--policy: "" must be a file; name a policy file');
}

/** A log to replay on, and the options that are not about it. */
export interface LogOptions {
  log: string;
  watch?: string;
  direction?: string;
  others: string[];
}

/** Null without `--log`. */
export function logIn(argv: readonly string[]): LogOptions | null {
  const others: string[] = [];
  const found: Partial<Record<string, string>> = {};
  for (let i = 0; i < argv.length; i++) {
    const [, name, tied] = /^--(log|watch|direction)(?:=(.*))?$/s.exec(argv[i]!) ?? [];
    if (name === undefined) others.push(argv[i]!);
    else {
      const value = tied ?? argv[++i];
      if (value === undefined || value === '') throw new Mistake(`--${name}: "" must be given; see the usage`);
      found[name] = value;
    }
  }
  const { log, watch, direction } = found;
  if (log === undefined) return null;
  return { log, ...(watch !== undefined && { watch }), ...(direction !== undefined && { direction }), others };
}

/** The library that the command line names, with its own usage; `read` then reads its options. Both throw a Mistake. */
export function asked(argv: readonly string[]) {
  const args = tied(argv);
  const library = libraryIn(args);
  if (library === null) throw new Mistake('--library is missing; add --library keras');
  const rule = Object.hasOwn(RULES, library) ? RULES[library] : undefined;
  if (!rule)
    throw new Mistake(`--library: "${library}" is not known; use ${[...NAMES, ...Object.keys(RUNS_RULES)].join(', ')}`);
  const several = library === 'lightgbm' ? SEVERAL : {};
  const read = () => {
    const { settings, given } = settingsOf(args, rule, several);
    const growing = typeof given['is-higher-better'] === 'string' ? given['is-higher-better'].split(',') : [];
    return { rule, settings, several: { firstOnly: given['first-metric-only'] === true, growing } };
  };
  return { usage: `${usageOf(library, rule)}${library === 'lightgbm' ? USAGE_OF_SEVERAL : ''}`, read };
}

/** What LightGBM is told of several metrics. */
const SEVERAL = { 'first-metric-only': { type: 'boolean' }, 'is-higher-better': { type: 'string' } } as const;
const USAGE_OF_SEVERAL = `of several metrics, {"NAME": […], …} on standard input, it stops by any:
  --[no-]first-metric-only: Whether only the first of them is watched. Default: no.
  --is-higher-better NAME,…: Those that grow; without it, and without --mode, all shrink.\n`;

/** What `--library` names; null without it. */
export function libraryIn(args: readonly string[]): string | null {
  const { library } = parseArgs({ args: [...args], options: { library: { type: 'string' } }, strict: false }).values;
  return typeof library === 'string' ? library : null;
}

/** A rule over a set of runs that the command line names, with its own usage; `read` then reads its options. */
export function askedOfRuns(argv: readonly string[], library: keyof typeof RUNS_RULES) {
  const args = tied(argv);
  const rule = RUNS_RULES[library] as unknown as RunsRule;
  const text = { type: 'string' } as const;
  const more = { order: text, study: text, direction: text };
  const read = () => {
    const { settings, given } = settingsOf(args, rule, more);
    const { order = rule.order, study, direction: said } = given;
    const direction = (['min', 'max'] as const).find((one) => one === said);
    if (said !== undefined && direction === undefined)
      throw new Mistake(`--direction: "${String(said)}" must be min or max`);
    if (!ORDERS.some((known) => known === order))
      throw new Mistake(`--order: "${String(order)}" must be ${ORDERS.join(' or ')}`);
    const trouble = rule.trouble?.(settings) ?? null;
    if (trouble !== null) throw new Mistake(trouble);
    return {
      rule,
      settings,
      order: order as ReportOrder,
      direction,
      study: study as string | undefined,
    };
  };
  const orders = `  --order ${ORDERS.join('|')}: In which order the runs report. Default: ${rule.order}.\n`;
  const studies = '  --study NAME: The name of the study, on which the brackets of Hyperband depend. Default: study.\n';
  const lines = `${orders}${studies}${usageLines(rule)}`;
  return { usage: `${USAGE_OF_RUNS}${rule.version}:\n${lines}`, read };
}

/** parseArgs takes `-0.5` for an option: a value that looks like a negative number is tied to its name first. */
function tied(argv: readonly string[]): string[] {
  const args: string[] = [];
  for (const arg of argv) {
    const name = args.at(-1);
    if (/^-[\d.]/.test(arg) && name?.startsWith('--') && !name.includes('=')) args[args.length - 1] = `${name}=${arg}`;
    else args.push(arg);
  }
  return args;
}

/** `min_delta` and `minDelta` are both `--min-delta`. */
export const optionOf = (name: string) => name.replace(/_|(?=[A-Z])/g, '-').toLowerCase();

/** What may be said: a history has no name from which `auto` could be guessed, and `null` is said as `none`. */
function askable(parameter: Parameter): Parameter {
  if (parameter.kind === 'choice') return { ...parameter, options: parameter.options.filter((x) => x !== 'auto') };
  return parameter.kind === 'optional' ? { ...parameter, kind: 'number', default: parameter.min } : parameter;
}

type Options = Readonly<Record<string, { type: 'string' | 'boolean' }>>;

/** The settings of a rule, and what else was given: `more` are options that are no parameters. */
function settingsOf(args: string[], { parameters }: Pick<Rule, 'parameters'>, more: Options = {}) {
  const options = Object.entries(parameters).map(
    ([name, { kind }]) => [optionOf(name), { type: kind === 'flag' ? 'boolean' : 'string' }] as const,
  );
  const known = { library: { type: 'string' as const }, ...Object.fromEntries(options), ...more };
  let given: Readonly<Record<string, string | boolean | undefined>>;
  try {
    given = parseArgs({ args, options: known, strict: true, allowNegative: true }).values;
  } catch (error) {
    throw new Mistake((error as Error).message);
  }
  const settings = Object.entries(parameters).map(([name, parameter]): [string, Setting] => {
    const option = optionOf(name);
    const said = given[option];
    if (said === undefined) return [name, parameter.default];
    const optional = parameter.kind === 'optional';
    if (optional && said === 'none') return [name, null];
    const numeric = optional || parameter.kind === 'number';
    const value = numeric && typeof said === 'string' && said.trim() !== '' ? Number(said) : said;
    const remedy = remedyFor(value, askable(parameter));
    if (remedy) throw new Mistake(`--${option}: ${JSON.stringify(said)} ${remedy}${optional ? ', or none' : ''}`);
    return [name, value];
  });
  return { settings: Object.fromEntries(settings), given };
}

function usageOf(library: string, rule: Rule): string {
  return `usage: npm run --silent replay -- --library ${library} [options] < values.json\n${STDIN}${rule.version}:\n${usageLines(rule)}`;
}

function usageLines({ parameters }: Pick<Rule, 'parameters'>): string {
  const options = Object.entries(parameters).map(([name, parameter]) => {
    const option = optionOf(name);
    const { kind, help } = askable(parameter);
    if (kind === 'flag') return `  --[no-]${option}: ${help} Default: ${parameter.default ? 'yes' : 'no'}.\n`;
    const number = parameter.kind === 'optional' ? 'x|none' : 'x';
    const value = parameter.kind === 'choice' ? parameter.options.filter((x) => x !== 'auto').join('|') : number;
    return `  --${option} ${value}: ${help} Default: ${parameter.default ?? 'none'}.\n`;
  });
  return options.join('');
}
