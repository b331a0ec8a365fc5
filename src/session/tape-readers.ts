/** @file What reads a tape: it comes after the first paint, long before there is a tape. */
export { LandscapeQuantity } from '../evaluation/landscape-values.ts';
export { OutcomeReader } from '../evaluation/outcome.ts';
export { verdict } from '../words/verdict.ts';
export { kerasLandscape } from '../stopping/keras-landscape.ts';
export { recordsOf } from '../stopping/records.ts';
export { replay } from '../stopping/replay.ts';
export { kerasState } from '../stopping/standing.ts';
