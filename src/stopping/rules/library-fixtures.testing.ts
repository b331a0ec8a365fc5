/** @file For tests: what a library itself did, as the programs in conformance/ wrote it down. */
import type { Direction, Parameter, Rule, SettingsOf, Watch } from '../rule.ts';

type Parameters = Readonly<Record<string, Parameter>>;
type Spelt = number | string | null;

export interface Fixture {
  /** Name and version. */
  library: string;
  /** Settings that the library refuses, and its error. */
  refused: [settings: Record<string, unknown>, error: string][];
  histories: Spelt[][];
  /** Best epoch and counter are null where the library keeps none that could be seen. */
  cases: [
    history: number,
    settings: Record<string, unknown>,
    expected: [last: number, fired: boolean, best: number | null, counter: number | null, error?: string],
  ][];
}

/** JSON has no NaN and no infinities: fixtures hold their names. */
export const numbers = (values: readonly Spelt[]) => values.map((x) => (typeof x === 'string' ? Number(x) : x));

/** The rule with its defaults, except for what is given. */
export function started<P extends Parameters>(
  rule: Rule<P>,
  settings: Partial<SettingsOf<P>> = {},
  direction?: Direction,
): Watch {
  const defaults = Object.fromEntries(Object.entries(rule.parameters).map(([name, { default: x }]) => [name, x]));
  return rule.start({ ...defaults, ...settings } as SettingsOf<P>, direction);
}

/** What the rule makes of a history, in the order of the fixtures. */
export function judge(watch: Watch, values: readonly (number | null)[]) {
  let last = -1;
  let fired = false;
  while (!fired && last + 1 < values.length) fired = watch.observe(values[++last]!, {});
  return { last, fired, best: watch.best, counter: watch.wait };
}

/** The cases of a fixture in which the rule does not do what the library did; none, it is to be hoped. */
export function disagreements<P extends Parameters>(rule: Rule<P>, { histories, cases }: Fixture) {
  return cases.flatMap(([history, settings, [last, fired, best, counter, error]]) => {
    const watch = started(rule, settings as Partial<SettingsOf<P>>);
    const values = histories[history]!;
    const ours = judge(watch, numbers(values));
    const same =
      ours.last === last &&
      ours.fired === fired &&
      (best === null || ours.best === best) &&
      (counter === null || ours.counter === counter) &&
      watch.why().includes('is aborted by') === (error !== undefined) &&
      watch.why().includes(error?.split(':')[0] ?? '');
    return same ? [] : [{ values: values.join(' '), settings, expected: { last, fired, best, counter, error }, ours }];
  });
}
