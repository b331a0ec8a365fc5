/** @file `npm run replay`: what a library's early stopping would have done with a history read from standard input. */
import { LogError } from '../logs/log-error.ts';
import { parseHistory, parseRuns, parseValues } from './history-json.ts';
import { asked, askedOfRuns, logIn, policyFileOf, USAGE } from './library-options.ts';
import { Mistake } from './mistake.ts';
import type { Io } from './io.ts';
import { replayLog } from './replay-log.ts';
import { replaySet, runsRuleIn } from './replay-runs.ts';
import { replaySeveral } from './replay-several.ts';
import { LIBRARIES } from '../stopping/rules/index.ts';
import { readPolicy, replayFile } from './policy-file.ts';

/**
 * Prints one JSON line `{"stop", "restored", "reason"}`, epochs counted from 0: the last epoch trained if the rule
 * stopped the run, and the epoch that it holds for the best, whose weights a run that restores ends with; null where
 * there is none. Resolves to the exit status: 0, or 2 after a message on standard error. Options are the library's
 * parameters, defaults its own; where it would guess from the metric's name (`auto`), less is better. With `--policy` a
 * policy file is replayed, and standard input may hold several metrics by name. With `--log` the runs of a log are
 * replayed instead, one line each, with the run's name; so are those of a rule over a set of runs, which standard input may
 * hold as well.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let usage = USAGE;
  try {
    const file = policyFileOf(argv);
    if (file !== null) {
      const policy = await readPolicy(file);
      io.stdout.write(`${JSON.stringify(replayFile(policy, parseHistory(await text(io.stdin))))}\n`);
      return 0;
    }
    const log = logIn(argv);
    const set = runsRuleIn(log?.others ?? argv);
    if (set !== null) {
      const question = askedOfRuns(log?.others ?? argv, set);
      usage = question.usage;
      const lines = await replaySet(question.read(), log ?? parseRuns(await text(io.stdin)));
      for (const line of lines) io.stdout.write(`${JSON.stringify(line)}\n`);
      return 0;
    }
    const question = asked(log?.others ?? argv);
    usage = question.usage;
    const { rule, settings, several } = question.read();
    if (log) {
      for (const line of await replayLog(log, rule, settings)) io.stdout.write(`${JSON.stringify(line)}\n`);
      return 0;
    }
    const json = await text(io.stdin);
    const histories = rule.label === LIBRARIES.lightgbm.label ? parseHistory(json) : null;
    if (histories instanceof Map) {
      io.stdout.write(`${JSON.stringify(replaySeveral(histories, rule, settings, several))}\n`);
      return 0;
    }
    const values = parseValues(json);
    const watch = rule.start(settings);
    const epoch = values.findIndex((value) => watch.observe(value, {}));
    const stop = epoch === -1 ? null : epoch;
    const restored = watch.best === -1 ? null : watch.best;
    io.stdout.write(`${JSON.stringify({ stop, restored, reason: watch.why() })}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Mistake) && !(error instanceof LogError)) throw error;
    io.stderr.write(`replay: ${error.message}\n${error instanceof Mistake ? usage : ''}`);
    return 2;
  }
}

async function text(stdin: Io['stdin']): Promise<string> {
  const decoder = new TextDecoder();
  let all = '';
  for await (const chunk of stdin) all += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  return all + decoder.decode();
}
