/** @file What was found about a rule on the runs of a log, as Markdown that can be pasted into an issue. */
import type { RunRow } from './runs-table.ts';

export interface LogReport {
  /** What the source bar calls the log. */
  name: string;
  /** `5 runs, 80 epochs`. */
  size: string;
  /** As the log calls it, and which way it improves. */
  metric: string;
  /** With every setting. */
  rule: string;
  /** Plain sentences. */
  verdict: readonly string[];
  rows: readonly RunRow[];
  /** The noun of an evaluation. */
  one: string;
  code: { library: string; language: string; text: string } | null;
  /** How the log was read. */
  notes: readonly string[];
}

/** More rows would bury what is said. */
const MOST_ROWS = 40;

const cell = (text: string) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
const value = (x: number) => (Number.isNaN(x) ? '–' : String(Number(x.toPrecision(5))));

export function logReport({ name, size, metric, rule, verdict, rows, one, code, notes }: LogReport): string {
  const table = rows
    .slice(0, MOST_ROWS)
    .map(
      (row) =>
        `| ${cell(row.run)} | ${row.evaluations} | ${row.bestAt ?? '–'} | ${row.stopsAt ?? 'never'} | ${row.keeps} | ${value(row.valueKept)} | ${value(row.againstBest)} |`,
    );
  return [
    `## ${cell(rule)} on ${cell(name)}`,
    '',
    `${size}, ${metric}.`,
    '',
    ...verdict.flatMap((sentence) => [sentence, '']),
    `| run | ${one}s | best at | stops at | keeps | value kept | against best |`,
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...table,
    ...(rows.length > MOST_ROWS ? ['', `${rows.length - MOST_ROWS} more runs are in the table.`] : []),
    '',
    ...(code ? [`As code of ${code.library}:`, '', `\`\`\`${code.language}`, code.text.trim(), '```', ''] : []),
    '<details><summary>How the log was read</summary>',
    '',
    ...notes.map((note) => `- ${note}`),
    '',
    '</details>',
    '',
    'Replayed by Patience.',
    '',
  ].join('\n');
}
