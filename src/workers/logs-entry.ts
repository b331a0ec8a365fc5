/** @file The entry of the worker that reads logs: nothing but the import of what it runs. */
import { handOver } from './hand-over.ts';

void handOver(import('./logs.ts'));
