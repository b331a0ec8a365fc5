/** @file How the runs of a log are looked at: what the numbers along them count, and what their metrics are called. */
import type { LogData, LogRun } from '../../logs/run-data.ts';
import { judgesItself } from '../../logs/run-records.ts';
import type { MetricWords } from '../../words/log-verdict.ts';
import { countOf, fixed } from '../../words/numbers.ts';
import { durationInWords } from '../../words/log-verdict.ts';
import { compact } from '../../words/units.ts';
import { lasting } from '../lasting.svelte.ts';
import { logs, type Logs } from './logs.svelte.ts';
import { NOUNS, axisPlace, unitsIn, type LogUnit } from './run-axis.ts';

export class LogView {
  #unit = $state<LogUnit | null>(null);

  /** What the axis may count; the first is what it counts at first. */
  readonly units: readonly LogUnit[] = $derived.by(() => (this.logs.log ? unitsIn(this.logs.log) : ['evaluations']));
  readonly unit: LogUnit = $derived.by(() => this.units.find((unit) => unit === this.#unit) ?? this.units[0]!);
  /** Where each evaluation of each run stands. */
  readonly places: readonly ((evaluation: number) => number)[] = $derived.by(() =>
    (this.logs.log?.runs ?? []).map((run) => axisPlace(run, this.unit)),
  );
  /** What one step of a rule is called: an epoch where each evaluation is one. */
  readonly one: 'epoch' | 'evaluation' = $derived.by(() => (this.units[0] === 'epochs' ? 'epoch' : 'evaluation'));
  /** What stops are judged by, as sentences call it. */
  readonly metric: MetricWords = $derived.by(() => {
    const { log, direction } = this.logs;
    if (!log) return { name: 'loss', direction: 'min' };
    const itself = judgesItself(log);
    const by = itself ? log.watched : log.judged;
    return { name: by.name, direction: (itself ? direction : log.judged.direction) ?? 'min' };
  });
  /** Whether the log says when each evaluation came, so that time can be saved. */
  readonly timed: boolean = $derived.by(() => this.units.includes('time'));

  constructor(private readonly logs: Logs) {}

  count(unit: LogUnit): void {
    this.#unit = unit;
  }

  /** Where an evaluation of a run stands, as a number of the axis. */
  write(run: number, evaluation: number): string {
    const place = this.places[run]!(evaluation);
    return this.unit === 'time' ? durationInWords(place) : compact(Number(place.toPrecision(6)));
  }

  get noun(): string {
    return NOUNS[this.unit];
  }

  /** An error as the metric has it: where more is better, what it lacks of 1 or of 100 per cent. */
  valueOf(error: number): number {
    const { log } = this.logs;
    if (!log || this.metric.direction === 'min') return error;
    const { percent } = judgesItself(log) ? log.watched : log.judged;
    return (percent ? 100 : 1) - error;
  }

  /** `5 runs, 80 epochs`, `3 runs, 60 to 80 evaluations`. */
  sizeInWords({ runs }: LogData): string {
    const lengths = runs.map(({ watched }) => watched.values.length);
    const [least, most] = lengths.reduce(([a, b], n) => [Math.min(a, n), Math.max(b, n)], [Infinity, 0]);
    const many = least === most ? countOf(most, this.one) : `${least} to ${countOf(most, this.one)}`;
    return `${countOf(runs.length, 'run')}, ${many}`;
  }

  /** Seconds of the job that a run would not have taken after an evaluation; NaN where the log does not say. */
  savedAfter(run: LogRun, evaluation: number): number {
    const at = run.clock.time;
    return at ? at.at(-1)! - at[evaluation]! : NaN;
  }
}

/** With the digits that tell the values of a log apart. */
export const metricValue = (value: number): string =>
  Number.isFinite(value) ? fixed(value, Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 10 ? 2 : 4) : '–';

let made: LogView | undefined;

/** The one of the page. */
export const logView = (): LogView => (made ??= lasting(() => new LogView(logs)));
