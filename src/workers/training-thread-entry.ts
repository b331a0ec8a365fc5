/** @file The entry of a thread of the trainer on the processor: nothing but the import of what it runs. */
import { handOver } from './hand-over.ts';

void handOver(import('./training-thread.ts'));
