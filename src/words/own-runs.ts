/** @file Says by which error the stops of the reader's own runs are judged. */
import { judgedBy, type OwnRun } from '../logs/own-runs.ts';

export interface Judge {
  /** What the error is called. */
  error: string;
  /** A sentence that says where it comes from. */
  words: string;
}

/** The runs have one metric in common; the error of what grows is what it lacks of 1, or of 100 per cent. */
export function judgeOf(runs: readonly OwnRun[]): Judge {
  const by = judgedBy(runs);
  const { metric, direction, percent } = runs[0] ?? { metric: 'loss', direction: 'min', percent: false };
  const error = errorOf(`${by} ${metric}`, direction === 'max', percent);
  return by === 'test'
    ? { error, words: `Stops are judged by the test ${metric} that the runs logged.` }
    : {
        error,
        words: `No test metric was logged: stops are judged by the validation ${metric}, which the rules saw too, so they look better than they are.`,
      };
}

function errorOf(metric: string, grows: boolean, percent: boolean): string {
  if (!grows) return metric;
  const whole = percent ? 100 : 1;
  return /(?:acc|accuracy)$/.test(metric) && !percent ? metric.replace(/\w+$/, 'error rate') : `${whole} − ${metric}`;
}
