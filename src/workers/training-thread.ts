/** @file A worker of the SIMD trainer's pool: handles commands and posts the results. */
import type { PoolCommand } from '../engine/trainers/simd/pool-protocol.ts';
import { shardHandler } from '../engine/trainers/simd/pool-worker.ts';

const handle = shardHandler({ now: () => performance.now() }, (event, transfer) =>
  self.postMessage(event, { transfer }),
);

self.onmessage = ({ data }: MessageEvent<PoolCommand>) => handle(data);
