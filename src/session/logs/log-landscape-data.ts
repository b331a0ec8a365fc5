/** @file The data for the policy landscape of the reader's logs. */
import type { Policy } from '../../engine/experiment/experiment.ts';
import type { ReplicaRecord } from '../../stopping/records.ts';
import type { LandscapeData } from '../landscape-view.svelte.ts';
import type { LogRule } from './log-rule.svelte.ts';
import type { Logs } from './logs.svelte.ts';

export class LogLandscapeData implements LandscapeData {
  readonly growing = false;
  readonly curves = null;

  constructor(
    private readonly logs: Logs,
    private readonly desk: LogRule,
  ) {}

  get source(): readonly ReplicaRecord[] | null {
    const { desk, logs } = this;
    return logs.direction !== null && desk.trouble === null ? desk.records : null;
  }

  records(): readonly ReplicaRecord[] {
    return this.desk.records;
  }

  get policy(): Policy | null {
    return this.desk.policy;
  }

  get epochs(): number {
    return this.desk.longest;
  }

  get counters(): readonly number[] {
    return this.desk.counters;
  }
}
