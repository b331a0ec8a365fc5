/** @file The entry of the engine's worker: nothing but the import of what it runs. */
import { handOver } from './hand-over.ts';

void handOver(import('./engine.ts'));
