/** @file A thread of the trainer on the processor: takes commands, trains its replicas, posts what came out. */
import type { CrewCommand } from './engine/trainers/simd/crew-protocol.ts';
import { openDesk } from './engine/trainers/simd/crew-desk.ts';

const obey = openDesk({ now: () => performance.now() }, (event, transfer) => self.postMessage(event, { transfer }));

self.onmessage = ({ data }: MessageEvent<CrewCommand>) => obey(data);
