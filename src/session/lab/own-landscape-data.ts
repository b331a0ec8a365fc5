/** @file The data for the policy landscape of the reader's own runs. */
import type { Policy } from '../../engine/experiment/experiment.ts';
import type { LandscapeData } from '../landscape-view.svelte.ts';
import type { Settings } from '../settings.svelte.ts';
import { patiencesUpTo } from '../../stopping/axes.ts';
import type { ReplicaRecord } from '../../stopping/records.ts';
import type { OwnRuns } from './own-runs.svelte.ts';

export class OwnLandscapeData implements LandscapeData {
  readonly growing = false;
  readonly curves = null;

  constructor(
    private readonly own: OwnRuns,
    private readonly settings: Settings,
  ) {}

  get source(): readonly ReplicaRecord[] | null {
    const { own } = this;
    return own.troubleOf(this.policy) === null ? own.records : null;
  }

  records(): readonly ReplicaRecord[] {
    return this.own.records;
  }

  get policy(): Policy | null {
    return this.own.watching(this.settings.experiment.stopping.policy);
  }

  get epochs(): number {
    return this.own.epochs;
  }

  get counters(): readonly number[] {
    return patiencesUpTo(this.own.epochs);
  }
}
