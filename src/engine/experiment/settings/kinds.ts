/**
 * @file The kinds of settings. One entry says all of a setting: schema, defaults and type, fields of the page, links,
 * names, older documents, and what has to be made anew when it changes, follow from it.
 */

/** A number that can be set, with its words and limits; also those that belong to an optimizer, a schedule or a rule. */
export interface NumberSetting {
  label: string;
  /** One sentence that explains it where it is set. */
  help: string;
  min: number;
  max: number;
  integer?: boolean;
  default: number;
}

/**
 * What has to be made anew when a setting changes: the data and the run, or the run alone (as where nothing is said);
 * `length`: a run can be made longer; `nothing`: the rule is replayed on the run as it is.
 */
export type Invalidates = 'data' | 'run' | 'length' | 'nothing';

/** What every entry says. */
interface Said<T> {
  /** On the page. */
  label: string;
  help: string;
  default: T;
  /** In the names of runs and lists of differences, where the label would not do there. */
  name?: string;
  /** What only a task with classes, or one with values, has: elsewhere it is hidden and has to be as by default. */
  needs?: 'classes' | 'values';
  invalidates?: Invalidates;
  /** How the time of an epoch depends on it: by its value, or by whether it is above 0. Left out where it does not. */
  timing?: 'value' | 'on';
  /** The version of the document that brought it, and what it was, unsaid, in the versions before. */
  since?: { version: number; before: unknown };
}

/** How a value is written in a link: lists with a sign between the numbers, or as JSON. */
type InLink = '-' | '_' | 'json';

export interface NumberEntry extends Said<number>, NumberSetting {
  kind: 'number';
  default: number;
}
export interface FlagEntry extends Said<boolean> {
  kind: 'flag';
}
export interface TextEntry extends Said<string> {
  kind: 'text';
  accepts?: (text: string) => boolean;
  remedy: string;
}
/** The name of an entry of a registry. */
export interface ChoiceEntry<N extends string> extends Said<N> {
  kind: 'choice';
  registry: Readonly<Record<string, { label: string; help?: string }>>;
}
/** An entry of a registry by its name, with the numbers that belong to it. */
export interface NamedEntry<S extends { name: string }> extends Said<S> {
  kind: 'named';
  registry: Readonly<Record<string, { label: string; help: string; numbers: Readonly<Record<string, NumberSetting>> }>>;
}
export interface ListEntry<T> extends Said<T[]> {
  kind: 'list';
  of: NumberEntry | Group;
  maxLength?: { length: number; remedy: string };
  remedy: string;
  inLink: InLink;
}
/** A branch that may be missing as a whole: then it is null. */
export interface OptionalEntry<T> extends Said<T | null> {
  kind: 'optional';
  fields: Group;
}
/** A value of a form of its own. */
export interface OtherEntry<T> extends Said<T> {
  kind: 'other';
  accepts: (value: unknown) => boolean;
  remedy: string;
  inLink?: InLink;
}

export type Entry =
  | NumberEntry
  | FlagEntry
  | TextEntry
  | ChoiceEntry<string>
  | NamedEntry<{ name: string }>
  | ListEntry<unknown>
  | OptionalEntry<unknown>
  | OtherEntry<unknown>;

/** A branch of the document, by its fields, in their order. */
export interface Group {
  readonly [key: string]: Entry | Group;
}

/** What a document holds where an entry or a group stands. */
export type ValueOf<E> = E extends { kind: string; default: infer T } ? T : SettingValues<E>;
export type SettingValues<G> = { -readonly [K in keyof G]: ValueOf<G[K]> };

type Without<E> = Omit<E, 'kind'>;

export const numberEntry = (entry: Without<NumberEntry>): NumberEntry => ({ kind: 'number', ...entry });
export const flagEntry = (entry: Without<FlagEntry>): FlagEntry => ({ kind: 'flag', ...entry });
export const textEntry = (entry: Without<TextEntry>): TextEntry => ({ kind: 'text', ...entry });
export const choiceEntry = <R extends ChoiceEntry<string>['registry']>(
  entry: Without<ChoiceEntry<keyof R & string>> & { registry: R },
): ChoiceEntry<keyof R & string> => ({ kind: 'choice', ...entry });
export const namedEntry = <S extends { name: string }>(
  entry: Without<NamedEntry<S>> & { registry: Readonly<Record<S['name'], unknown>> },
): NamedEntry<S> => ({ kind: 'named', ...entry });
export const listEntry = <T>(entry: Without<ListEntry<T>>): ListEntry<T> => ({ kind: 'list', ...entry });
export const optionalEntry = <G extends Group>(
  entry: Omit<OptionalEntry<SettingValues<G>>, 'kind' | 'default'> & { fields: G },
): OptionalEntry<SettingValues<G>> => ({ kind: 'optional', default: null, ...entry });
export const otherEntry = <T>(entry: Without<OtherEntry<T>>): OtherEntry<T> => ({ kind: 'other', ...entry });

export const isEntry = (node: Entry | Group): node is Entry => typeof node.kind === 'string';

/** An entry of a registry by its name, with the defaults of its numbers. */
export function defaultsOfNamed<S extends { name: string }>(registry: NamedEntry<S>['registry'], name: S['name']): S {
  const numbers = Object.entries(registry[name]!.numbers).map(([key, setting]) => [key, setting.default]);
  return { name, ...Object.fromEntries(numbers) } as S;
}
