/** @file A worker of the SIMD trainer's pool: handles commands and posts the results. */
import { shardHandler } from '../engine/trainers/simd/pool-worker.ts';

export const receive = shardHandler({ now: () => performance.now() }, (event, transfer) =>
  self.postMessage(event, { transfer }),
);
