/**
 * @file The state of the page: settings, run, replays, view state and kept runs, and the actions on them. Long: which run is
 * on screen, and which was before it, is decided in one place.
 */
import type { Experiment, StoppingSettings } from '../engine/experiment/experiment.ts';
import { runKey, tapeKey } from '../engine/experiment/keys.ts';
import { difference } from '../engine/experiment/tree.ts';
import type { EngineState } from '../engine/protocol.ts';
import type { BackendName } from '../engine/trainers/trainer.ts';
import type { ExportFile } from '../exports/files.ts';
import type { ExportId } from '../exports/registry.ts';
import { cutColumns, tapeFromBulk, tapeToBulk, type TapeColumns } from '../checkpoints/tape-columns.ts';
import { canContinue, continued } from './continuation.ts';
import { draw } from './draw-material.ts';
import { Draft } from './draft.svelte.ts';
import { linkTo, openAddress } from './link.ts';
import { loadPart } from './load-part.ts';
import { ViewState } from './view-state.svelte.ts';
import { Maps } from './maps.svelte.ts';
import { Replays } from './replays.svelte.ts';
import { shapeOf, type Material } from './material.ts';
import { notices } from './notices.svelte.ts';
import { pageServices, type PageServices } from './page-services.ts';
import { Run, type RunAside } from './run.svelte.ts';
import { Settings } from './settings.svelte.ts';
import { CheckpointList } from './checkpoint-list.svelte.ts';
import type { MadeModel, ModelChoice } from './export-run.ts';
import type { KeptRun } from './kept-run.ts';
import { countOf } from '../words/numbers.ts';
import type * as naming from '../words/setting-names.ts';

/** A run that made way for the one on screen, with its rule and the checkpoint that holds it, if any. */
interface LastRun extends RunAside {
  stopping: StoppingSettings;
  checkpoint: string | null;
}

export class Session {
  readonly settings = new Settings();
  readonly run: Run;
  readonly view = new ViewState();
  readonly replays: Replays;
  readonly maps: Maps;
  readonly checkpoints: CheckpointList;

  #backend = $state<BackendName | 'auto'>('auto');
  readonly #draft: Draft;
  /** The address being read: Train waits for its settings. */
  #opening: Promise<void> | null = null;
  #last = $state.raw<LastRun | null>(null);
  #names = $state.raw<typeof naming | null>(null);
  /** Counts what the reader asked for: of what takes time, only the newest is still done. */
  #wishes = 0;

  constructor(services: PageServices = pageServices) {
    this.run = new Run(services);
    this.replays = new Replays(this.run, this.settings, this.view);
    this.maps = new Maps(this);
    this.checkpoints = new CheckpointList(this);
    this.#draft = new Draft(this.settings, () => {
      if (this.run.material === null) services.idle(() => this.warm());
    });
    $effect.root(() => {
      // Two tapes may be hundreds of megabytes.
      $effect(() => {
        if (this.run.ending !== null) this.#last = null;
      });
      $effect(() => {
        if (this.changed) void this.#loadNames();
      });
    });
  }

  get backend(): BackendName | 'auto' {
    return this.#backend;
  }

  /** What the charts are about: the material of the run once it has epochs, before that the material of the settings. */
  get material(): Material | null {
    return this.run.epochs > 0 ? this.run.material : this.draft;
  }

  /** The material of the settings, whatever is on screen; null while it is drawn, or where it cannot be. */
  get draft(): Material | null {
    return this.#draft.material;
  }

  /** Why no data can be drawn with these settings; empty when they can. */
  get trouble(): string {
    return this.#draft.trouble;
  }

  /** Whether the settings ask for another run than the one on screen; the stopping rule never does. */
  get changed(): boolean {
    return this.run.epochs > 0 && !this.#fits();
  }

  /** How the run on screen and what the settings ask for differ, each in its own words; null while that cannot be told. */
  get difference(): { onScreen: string; asked: string } | null {
    const { material } = this.run;
    if (!this.changed || !material || !this.#names) return null;
    const { describeChange } = this.#names;
    const { experiment } = this.settings;
    // The rule is replayed, and waits for nothing.
    const ran = { ...material.experiment, stopping: experiment.stopping };
    return { onScreen: describeChange(ran, experiment), asked: describeChange(experiment, ran) };
  }

  /** Epochs of the run before that on screen, which can be brought back until this one is done; null if there is none. */
  get lastRun(): number | null {
    return this.#last?.state.trainer.epoch ?? null;
  }

  /** Whether the run on screen would be lost with the page. */
  get unsaved(): boolean {
    return this.run.epochs > 0 && this.checkpoints.current === null;
  }

  /** Puts the run before that on screen back, with its settings, in place of that one. */
  bringBack(): void {
    const last = this.#last;
    if (!last) return;
    this.#wish();
    this.#last = null;
    const { material, tape, state, on, stopping, checkpoint } = last;
    const { experiment, table } = material;
    this.settings.replace({ ...experiment, stopping }, experiment.data.own ? table : null);
    this.#draft.take(material);
    this.#clampReplica(material);
    this.view.release();
    this.run.resume(material, tape, state, this.#backend, on);
    this.checkpoints.attach(checkpoint);
  }

  /** Train, or go on: a fresh run when there is none, when it is done, or when the settings changed. */
  train(): void {
    void notices.attempt(() => this.#go(null));
  }

  pause(): void {
    this.run.pause();
  }

  toggle(): void {
    if (this.run.status === 'training' || this.run.status === 'preparing') this.pause();
    else this.train();
  }

  /** One epoch. */
  step(): void {
    void notices.attempt(() => this.#go(this.#needsFresh() ? 1 : this.run.epochs + 1));
  }

  /** Whether the run on screen can go on from an earlier epoch with the settings as they are now. */
  get canContinue(): boolean {
    const { material, epochs, status } = this.run;
    if (material === null || epochs === 0 || status === 'training' || status === 'preparing') return false;
    return canContinue(material.experiment, this.settings.experiment);
  }

  /** Goes on with the settings as they are now, as a stage of the run on screen that begins after so many epochs. */
  async continueFrom(epochs: number): Promise<void> {
    const { material, tape } = this.run;
    if (!this.canContinue || !material || !tape) return;
    const staged = continued(material.experiment, this.settings.experiment, epochs);
    const isNewest = this.#wish();
    const state = await this.run.engineState();
    const { rewound } = await loadPart(() => import('../engine/training/rewind.ts'));
    if (!isNewest()) return;
    const earlier = rewound(state, tape, staged, epochs);
    this.settings.replace(staged, this.settings.own);
    this.#setAside();
    this.view.release();
    this.checkpoints.detach();
    this.#reenter({ ...material, experiment: staged }, cutColumns(tapeToBulk(tape), epochs), earlier);
    this.run.train(staged.training.epochs);
  }

  /** Takes the run off the screen; it can be brought back until the next one is done. Kept checkpoints stay. */
  reset(): void {
    this.#wish();
    if (this.#setAside()) this.#offer('The run was taken off the screen.');
    this.run.clear();
    this.view.release();
    this.checkpoints.detach();
  }

  /** Trains on this backend from the next run on. */
  chooseBackend(backend: BackendName | 'auto'): void {
    this.#backend = backend;
    this.run.prefer(backend);
    if (this.run.epochs === 0) this.run.clear();
    this.warm();
  }

  /** Starts the engine in the background, so that Train begins at once and the device is known. */
  warm(): void {
    if (this.run.material === null && this.draft) this.run.begin(this.draft, this.#backend, null);
  }

  /** Opens what the address brings, null where it brings nothing; rejects, and changes nothing, if the link is bad. */
  openAddress(): Promise<void> | null {
    const take = (experiment: Experiment) => {
      // An address that was left and is met again: the settings stand already, with the reader's own table.
      if (difference(experiment, this.settings.experiment) !== undefined) this.settings.replace(experiment, null);
    };
    const opening = openAddress(take, () => this.share());
    this.#opening = opening?.catch(() => undefined) ?? null;
    return opening;
  }

  /** The link to these settings, which the address now shows. */
  share(): string {
    return linkTo(this.settings.experiment);
  }

  /** The run on screen as a file of this format. */
  async exportAs(id: ExportId): Promise<ExportFile> {
    const { exportRun } = await loadPart(() => import('./export-run.ts'));
    return exportRun(this, id);
  }

  /** A model of the run on screen made to measure, and what that costs on the test points. */
  async makeModel(choice: ModelChoice): Promise<MadeModel> {
    const { makeModel } = await loadPart(() => import('./export-run.ts'));
    return makeModel(this, choice);
  }

  /**
   * Puts a kept run back on screen: its settings, its tape, and an engine that goes on where it was. Rejects, and changes
   * nothing, if the reader began something else before it was there.
   */
  async putBack(loading: Promise<KeptRun>): Promise<void> {
    const isNewest = this.#wish();
    const { experiment, table, tape, state, device } = await loading;
    const material = await draw(experiment, table, tape.shape.points);
    if (!isNewest()) throw new Error('The checkpoint was not put back: something else was begun before it was there.');
    if (this.unsaved) this.#setAside();
    this.settings.replace(experiment, table);
    this.#draft.take(material);
    this.#clampReplica(material);
    this.view.release();
    this.run.resume(material, tapeFromBulk(shapeOf(material), tape), state, this.#backend, device);
  }

  /** Whether the run on screen was made with these settings, or can go on with them. */
  #fits(): boolean {
    const { material, epochs } = this.run;
    const { experiment } = this.settings;
    if (material === null) return false;
    if (epochs === 0) return runKey(material.experiment) === this.#draft.runKey;
    return tapeKey(material.experiment) === tapeKey(experiment) && experiment.training.epochs >= epochs;
  }

  #needsFresh(): boolean {
    if (!this.#fits() || (this.run.status === 'failed' && this.run.epochs === 0)) return true;
    return this.run.status === 'done' && !this.#longer();
  }

  /** Whether the settings now ask for more epochs than the run on screen was made for. */
  #longer(): boolean {
    const { material } = this.run;
    return material !== null && this.settings.experiment.training.epochs > material.experiment.training.epochs;
  }

  /** Up to so many epochs; null: all that are asked for by then, since a link may still be on its way. */
  async #go(until: number | null): Promise<void> {
    const { status } = this.run;
    if (status === 'training' || this.settings.refused) return;
    const isNewest = this.#wish();
    await this.#opening;
    if (!isNewest()) return;
    if (this.#needsFresh()) {
      const draft = await this.#draft.current();
      if (!draft || !isNewest()) return;
      if (this.#setAside() && until === 1) this.#offer('This step began a new run.');
      this.view.release();
      this.#clampReplica(draft);
      this.checkpoints.detach();
      this.run.begin(draft, this.#backend, until ?? draft.experiment.training.epochs);
      return;
    }
    this.checkpoints.detach();
    if (this.#longer() && this.run.epochs > 0) {
      const { experiment } = this.settings;
      const state = await this.run.engineState();
      const { material, tape } = this.run;
      if (!isNewest() || !material || !tape) return;
      this.#reenter({ ...material, experiment }, tapeToBulk(tape), state);
    }
    this.run.train(until ?? this.settings.experiment.training.epochs);
  }

  /** The run on screen goes on as another one with the same data: with room for more epochs, or with a further stage. */
  #reenter(material: Material, tape: TapeColumns, state: EngineState): void {
    const { recordedOn } = this.run;
    if (!recordedOn) throw new Error('There is nothing to go on with yet: press Train first.');
    this.run.resume(material, tapeFromBulk(shapeOf(material), tape), state, this.#backend, recordedOn);
  }

  /**
   * Keeps the run on screen within reach; false if there is nothing to keep. One that is not done does not take the place of
   * a longer one.
   */
  #setAside(): boolean {
    const { aside, ending } = this.run;
    if (!aside || this.run.epochs === 0) return false;
    const longer = this.#last && this.#last.state.trainer.epoch > aside.state.trainer.epoch;
    if (ending === null && longer) return false;
    this.#last = { ...aside, stopping: this.settings.experiment.stopping, checkpoint: this.checkpoints.current };
    return true;
  }

  #offer(said: string): void {
    const { lastRun } = this;
    notices.say(
      `${said} The one before, of ${countOf(lastRun ?? 0, 'epoch')}, can be brought back until the next is done.`,
      {
        label: 'Bring it back',
        run: () => this.bringBack(),
      },
    );
  }

  async #loadNames(): Promise<void> {
    this.#names ??= await notices.part(loadPart(() => import('../words/setting-names.ts')));
  }

  /** Makes a new wish; what is returned tells whether it is still the newest. */
  #wish(): () => boolean {
    const wish = ++this.#wishes;
    return () => wish === this.#wishes;
  }

  #clampReplica({ replicas }: Material): void {
    if (this.view.replica >= replicas.count) this.view.choose(0);
  }
}
