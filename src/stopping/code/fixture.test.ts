import { describe, expect, it } from 'vitest';
import { ruleCode, type Library } from '../code.ts';
import { DEFAULT_EXPERIMENT, type StoppingSettings } from '../../engine/experiment.ts';
import { kerasRule, replayKeras } from '../keras.ts';
import { follow, libraries, reading } from './reading.ts';

/** What conformance/rule_code.py runs in the libraries themselves; written anew with `-u`. */
const FIXTURE = '../fixtures/code.json';

const HISTORIES = [
  [1, 0.8, 0.7, 0.75, 0.72, 0.71, 0.69, 0.68],
  [0.9, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8],
  [1, 0.96875, 0.9375, 0.90625, 0.875, 0.84375, 0.8125, 0.78125],
  [0.9, 0.8, NaN, 0.7, 0.75, 0.76, 0.77, 0.78],
  [0.9, 0.8, 0.45, 0.6, 0.6, 0.4, 0.6, 0.6, 0.6],
  [0.5, 0.4, 0.3, 0.6, 0.7, 0.8, 0.9],
  [1, 1.1, 1.1, 0.9, 1.2, 1.3, 1.4, 0.8, 1, 1],
  [0.5, 0.6, 0.55, 0.7, 0.68, 0.69, 0.66, 0.65],
];

const SETTINGS: Partial<StoppingSettings>[] = [
  {},
  { patience: 3, minDelta: 0.05 },
  { patience: 0 },
  { patience: 3, monitor: 'training-loss' },
  { patience: 2, monitor: 'validation-accuracy' },
  { patience: 4, monitor: 'validation-error-rate', restoreBestWeights: false },
  { patience: 2, monitor: 'validation-brier', mode: 'min' },
  { patience: 3, monitor: 'validation-f1', minDelta: 0.125 },
  { patience: 2, startFromEpoch: 2 },
  { patience: 2, baseline: 0.5, restoreBestWeights: false },
];

const withDefaults = (change: Partial<StoppingSettings>): StoppingSettings => ({
  ...DEFAULT_EXPERIMENT.stopping,
  patience: 2,
  minDelta: 0,
  ...change,
});

/** The epoch that the training ends with; null where the code leaves that to the job. */
function ends(library: Library, s: StoppingSettings, history: readonly number[]): number | null {
  const read = reading(library, s)!;
  const { last, fired, best } = follow(read, history);
  if (library === 'lightning') return s.restoreBestWeights ? lowest(s, history.slice(0, last + 1)) : null;
  if (library === 'fastai') return s.restoreBestWeights ? best : last;
  // Its trees are kept, its networks restored.
  if (library === 'sklearn') return read.settings.early_stopping === true && 'tol' in read.settings ? best : null;
  if (library === 'tfjs' || library === 'ignite') return null;
  return read.rule.restores!(read.settings, fired) && best !== -1 ? best : last;
}

/** The first epoch with the best value of all. */
function lowest(s: StoppingSettings, values: readonly number[]): number {
  const sign = kerasRule(s).mode === 'min' ? 1 : -1;
  const worth = values.map((x) => (Number.isNaN(x) ? Infinity : sign * x));
  return worth.indexOf(Math.min(...worth));
}

function cases() {
  return libraries.flatMap((library) =>
    SETTINGS.flatMap((change) => {
      const s = withDefaults(change);
      const { imports, parts, notes } = ruleCode(library, s);
      if (parts.length === 0) return [];
      const read = reading(library, s)!;
      const expected = HISTORIES.map((history) => {
        const { last, fired } = follow(read, history);
        return [last, fired, ends(library, s, history)] as const;
      });
      const same = !notes.some(({ kind }) => kind === 'stop');
      const code = parts.map(({ text }) => text).join('');
      return [{ library, settings: change, same, mode: kerasRule(s).mode, imports, code, expected }];
    }),
  );
}

describe('the fixture of the code', () => {
  it('is what is written today', async () => {
    const spelt = JSON.stringify(HISTORIES, (_, x: unknown) => (Number.isNaN(x) ? 'NaN' : x));
    const lines = cases().map((each) => JSON.stringify(each));
    const text = `{"histories":${spelt},\n"cases":[\n${lines.join(',\n')}\n]}\n`;
    await expect(text).toMatchFileSnapshot(FIXTURE);
  });

  it('expects the stops of the page where no note says otherwise', () => {
    let compared = 0;
    for (const { library, settings, same, expected } of cases()) {
      if (!same) continue;
      const rule = kerasRule(withDefaults(settings));
      HISTORIES.forEach((history, i) => {
        // NaN is another matter to most, as their notes on that say.
        if (library !== 'keras' && history.includes(NaN)) return;
        const { stop, fired } = replayKeras(history, rule);
        expect([library, settings, ...expected[i]!.slice(0, 2)]).toEqual([library, settings, stop, fired]);
        compared++;
      });
    }
    expect(compared).toBeGreaterThan(300);
  });
});
