/** @file What reads a tape: it comes after the first paint, long before there is a tape. */
export { OutcomeReader } from '../decomposition/outcome.ts';
export { verdict } from '../decomposition/verdict.ts';
export { replay } from '../stopping/replay.ts';
export { kerasStanding } from '../stopping/standing.ts';
