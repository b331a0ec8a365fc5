/** @file A thread of the trainer on the processor: takes commands, trains its replicas, posts what came out. */
import type { CrewCommand } from '../engine/trainers/simd/pool-protocol.ts';
import { openDesk } from '../engine/trainers/simd/pool-worker.ts';

const handle = openDesk({ now: () => performance.now() }, (event, transfer) => self.postMessage(event, { transfer }));

self.onmessage = ({ data }: MessageEvent<CrewCommand>) => handle(data);
