/** @file Puts the names of a log into the rule as code, where it is code of the library that wrote the log. */
import type { LogData } from '../../logs/run-data.ts';
import type { LogWriter } from '../../logs/written-by.ts';
import type { RuleCode } from '../../stopping/code.ts';

/** A watched metric as code has it, in quotes. */
const MONITORS = /(["'])(?:val|valid|eval|validation)[_/](?:loss|accuracy|acc)\1/g;

/** Of the libraries that take the name of a metric as they logged it. */
const NAMED: readonly LogWriter[] = ['keras', 'lightning', 'hugging-face'];

export function withLogNames(code: RuleCode, { watched }: LogData, writer: LogWriter): RuleCode {
  if (!NAMED.includes(writer) || !/^[\w./-]+$/.test(watched.name)) return code;
  const named = (text: string) => text.replace(MONITORS, (_, quote: string) => `${quote}${watched.name}${quote}`);
  return { ...code, parts: code.parts.map((part) => ({ ...part, text: named(part.text) })) };
}
