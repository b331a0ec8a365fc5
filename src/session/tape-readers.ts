/** @file What reads a tape: it comes after the first paint, long before there is a tape. */
export { LandscapeQuantity } from '../evaluation/landscape-values.ts';
export { OutcomeReader } from '../evaluation/outcome.ts';
export { verdict } from '../words/verdict.ts';
export { edited } from '../stopping/edit-policy.ts';
export { landscapeOf } from '../stopping/landscape-of.ts';
export { missingInWords } from '../stopping/missing.ts';
export { mainSetting, shortName } from '../stopping/policy-words.ts';
export { recordedOn, recordsOf } from '../stopping/records.ts';
export { GrowingReplay } from '../stopping/replay.ts';
export { KERAS_ALONE } from '../stopping/rules/keras.ts';
export { ruleState } from '../stopping/rule-state.ts';
