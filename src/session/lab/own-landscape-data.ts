/** @file The data for the policy landscape of the reader's own runs. */
import type { StoppingSettings } from '../../engine/experiment/experiment.ts';
import type { LandscapeData } from '../landscape-view.svelte.ts';
import type { Settings } from '../settings.svelte.ts';
import { patienceUpTo, type Axis } from '../../stopping/axes.ts';
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
    return own.troubleOf(own.policyOf(this.settings.experiment.stopping)) === null ? own.records : null;
  }

  records(): readonly ReplicaRecord[] {
    return this.own.records;
  }

  get stopping(): StoppingSettings {
    const { stopping } = this.settings.experiment;
    const policy = stopping.policy && this.own.watching(stopping.policy);
    return { ...this.own.settingsOf(stopping), policy };
  }

  get epochs(): number {
    return this.own.epochs;
  }

  get patience(): Axis {
    return patienceUpTo(this.own.epochs);
  }
}
