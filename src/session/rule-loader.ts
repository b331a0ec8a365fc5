/** @file Loads the rules beyond the sliders when a policy is set or looked for. */
export { edited, slidersOf, watchingOnly } from '../stopping/edit-policy.ts';
export { GrowingReplay } from '../stopping/growing-replay.ts';
export { missing, missingInWords } from '../stopping/missing.ts';
export { measuresIn } from '../stopping/monitors.ts';
export { policyAxes, policyLandscape, withNumber } from '../stopping/policy-landscape.ts';
export { counterOf, mainSetting, shortName, watchedFirst } from '../stopping/policy-name.ts';
export { isRule } from '../stopping/policy.ts';
export { policyState } from '../stopping/policy-standing.ts';
export { recordedOn } from '../stopping/records.ts';
