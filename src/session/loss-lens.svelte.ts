/** @file The errors of the run on screen under a loss of the reader's choice, at every epoch and as stopped. */
import { decomposeLoss, type LossDecomposition } from '../decomposition/decompose-loss.ts';
import { predictionsAtEpochs } from '../decomposition/kept-predictions.ts';
import { LossCurves } from '../decomposition/loss-curves.ts';
import { ERROR_LOSSES, type ErrorLossName } from '../decomposition/losses/index.ts';
import type { ErrorLoss } from '../decomposition/losses/loss.ts';
import { pageTimer } from './timer.ts';
import type { Session } from './session.svelte.ts';

/** ms of work at a time. */
const SLICE_MS = 6;

export class LossLens {
  readonly loss: ErrorLoss;
  #version = $state(0);
  #growing = false;

  readonly #curves: LossCurves | null = $derived.by(() => {
    const { tape, material } = this.session.run;
    if (!tape || !material) return null;
    return this.#of(tape, material.target, material.experiment.loss.huberDelta);
  });
  #kept: LossCurves | null = null;

  /** As the rule stops; null where there is nothing to take apart. */
  readonly stopped: LossDecomposition | null = $derived.by(() => {
    const { run, replays } = this.session;
    const { tape, material } = run;
    if (!tape || !material || !replays.outcome) return null;
    const { huberDelta } = material.experiment.loss;
    const predictions = predictionsAtEpochs(tape, replays.outcome.stop.restored);
    return decomposeLoss(this.loss, predictions, tape.shape.replicas, material.target, { huberDelta });
  });

  constructor(
    private readonly session: Session,
    readonly name: ErrorLossName,
  ) {
    this.loss = ERROR_LOSSES[name];
  }

  /** As far as they are computed; reading them also depends on how far that is. */
  get curves(): LossCurves | null {
    void this.#version;
    return this.#curves;
  }

  /** Goes on to the end of the tape, some epochs at a time. */
  grow(): void {
    if (this.#growing) return;
    const curves = this.#curves;
    if (!curves || curves.length >= curves.tape.length) return;
    this.#growing = true;
    pageTimer.later(() => {
      this.#growing = false;
      const until = pageTimer.now() + SLICE_MS;
      while (curves.length < curves.tape.length && pageTimer.now() < until) curves.extend(curves.length + 1);
      this.#version += 1;
      this.grow();
    }, 0);
  }

  /** The same as long as the tape is. */
  #of(tape: LossCurves['tape'], target: LossCurves['target'], huberDelta: number): LossCurves {
    if (this.#kept?.tape !== tape) this.#kept = new LossCurves(tape, target, this.loss, { huberDelta });
    return this.#kept;
  }
}
