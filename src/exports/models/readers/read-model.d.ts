/** @file What read-model.js takes and gives; it is plain JavaScript, since it leaves the house as it is. */

/** What of a JSON model it takes to predict; json-model.ts writes it. */
interface ReadableModel {
  mean: number[];
  factor: number[];
  scale: number;
  offset: number;
  members: unknown[][];
}

/** Predictions of raw inputs; `sd` over the members of an ensemble, else null. */
export const readModel: (model: ReadableModel) => (x: number[]) => { outputs: number[]; sd: number[] | null };
