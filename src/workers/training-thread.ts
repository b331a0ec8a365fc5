/** @file A thread of the trainer on the processor: takes commands, trains its replicas, posts what came out. */
import type { PoolCommand } from '../engine/trainers/simd/pool-protocol.ts';
import { shardHandler } from '../engine/trainers/simd/pool-worker.ts';

const handle = shardHandler({ now: () => performance.now() }, (event, transfer) =>
  self.postMessage(event, { transfer }),
);

self.onmessage = ({ data }: MessageEvent<PoolCommand>) => handle(data);
