/** @file A thread of the trainer on the processor: takes commands, trains its replicas, posts what came out. */
import type { CrewCommand } from '../engine/trainers/simd/pool-protocol.ts';
import { openDesk } from '../engine/trainers/simd/pool-worker.ts';

const obey = openDesk({ now: () => performance.now() }, (event, transfer) => self.postMessage(event, { transfer }));

self.onmessage = ({ data }: MessageEvent<CrewCommand>) => obey(data);
