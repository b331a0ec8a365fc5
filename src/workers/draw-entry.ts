/** @file The entry of the worker that draws replicas: nothing but the import of what it runs. */
import { handOver } from './hand-over.ts';

void handOver(import('./draw.ts'));
