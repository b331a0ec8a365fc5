/** @file Says by which error the stops of the reader's own runs are judged. */
import { judgedBy, type OwnRun } from '../stopping/own-curves.ts';

export interface Judge {
  /** What the error is called. */
  error: string;
  /** A sentence that says where it comes from. */
  words: string;
}

/** The runs have one metric in common; the error of an accuracy is its complement. */
export function judgeOf(runs: readonly OwnRun[]): Judge {
  const by = judgedBy(runs);
  const metric = runs[0]?.metric ?? 'loss';
  const error = metric === 'loss' ? `${by} loss` : `${by} error rate`;
  return by === 'test'
    ? { error, words: `Stops are judged by the test ${metric} that the runs logged.` }
    : {
        error,
        words: `No test metric was logged: stops are judged by the validation ${metric}, which the rules saw too, so they look better than they are.`,
      };
}
