/** @file The results as one Markdown text: printed, and kept in RESULTS.md. */
import type { Results } from '../results.ts';
import { goalsTable } from './goals.ts';
import { framesTable, pausesTable, replayTable, startTable, weightsTable } from './page.ts';
import { failures, growthTables, profileTable, ratiosTable, timesTable } from './training.ts';

/** What its compiled code showed, and Dawn in Node with and without that check. */
const SWIFTSHADER =
  ' SwiftShader makes sixteen scalar accesses of a read or write of four numbers by four invocations, each masked and checked against the bounds of the buffer, some 330 instructions together; without that check, which a page cannot switch off, an epoch took 30 % less processor time.';

export function report(results: Results): string {
  const { date, minutes, machine, baseline, cases, replay, rules, profile, visits, pauses, weights } = results;
  const lost = failures(cases);
  const parts = [
    '# Measured',
    `${date.slice(0, 10)}, ${machine.browser} (headless), ${machine.platform}, ${machine.cores} cores of ${machine.processor}. WebGPU adapter: ${machine.adapter}. Load of the machine before the run: ${machine.load.toFixed(1)}. The run took ${minutes.toFixed(1)} minutes; \`npm run bench -- --results\` repeats it.`,
    '## Training',
    'One epoch of all replicas: its optimizer steps (Adam), then the outputs at the training, 128 validation and 256 test points, read back with the weights. R replicas, N training points each, tanh between the layers. Median over rounds in which every contender has a turn, the middle half in brackets. `~`: a turn was cut short, the time is that of a share of an epoch divided by the share. Every contender first had to agree with the plain reference after a few steps.',
    timesTable(cases),
    ratiosTable(cases, baseline),
    lost && `Not timed:\n\n${lost}`,
    cases.length > 1 && `### As it grows\n\n${growthTables(cases)}`,
    profile &&
      `### What an epoch on WebGPU is made of\n\nThe base case with parts of the shaders left out, in turns.${machine.adapter.includes('swiftshader') ? SWIFTSHADER : ''}\n\n${profileTable(profile)}`,
    visits &&
      `## The page\n\nThe built page in a fresh profile, the experiment it opens with (400 epochs).\n\n${startTable(visits)}`,
    visits && framesTable(visits.rested),
    pauses && pausesTable(pauses),
    visits && `The page trained on: ${visits.rested[0]!.device}. ${visits.rested[0]!.status}`,
    replay && `## A slider’s effect\n\nOn one core.\n\n${replayTable(replay)}`,
    rules &&
      `Replays of 64 replicas × 1,000 epochs by other rules, through the policy that page, links and files share; everything falls steadily, so that most rules see every epoch.\n\n${replayTable(rules)}`,
    weights && `## Weight\n\n${weightsTable(weights)}`,
    `## Goals\n\n${goalsTable(results)}`,
  ];
  return parts.filter(Boolean).join('\n\n') + '\n';
}
