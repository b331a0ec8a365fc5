/** @file The entry of the worker that reads CSV files: nothing but the import of what it runs. */
import { handOver } from './hand-over.ts';

void handOver(import('./csv.ts'));
