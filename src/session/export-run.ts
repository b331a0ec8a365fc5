/** @file Exports the run on screen as a file in one of the formats. */
import { produce, type ExportId } from '../exports/registry.ts';
import type { ExportFile } from '../exports/files.ts';
import type { TestScores } from '../exports/models/effect.ts';
import type { ModelFormatId } from '../exports/models/formats.ts';
import type { ModelOptions } from '../exports/models/model.ts';
import { loadPart } from './load-part.ts';
import { outcomeOf, type OnScreen } from './outcome-of.ts';

/** The file, made from the run on screen; before there is one only the experiment can be taken. */
export function exportRun(screen: OnScreen, id: ExportId): Promise<ExportFile> {
  const { run, settings } = screen;
  const missing = (what: string) => new Error(`There is no ${what} yet: press Train first.`);
  const material = () => {
    if (!run.material || run.epochs === 0) throw missing('trained model');
    return run.material;
  };
  return produce(id, {
    experiment: () =>
      run.material && run.epochs > 0
        ? { ...run.material.experiment, stopping: settings.experiment.stopping }
        : settings.experiment,
    tape: () => {
      if (!run.tape || run.epochs === 0) throw missing('tape');
      return run.tape;
    },
    outcome: () => outcomeOf(screen),
    device: () => run.whenDeviceKnown(),
    replicas: () => material().replicas,
    points: () => material().points,
    curves: () => {
      if (!run.curves) throw missing('tape');
      return run.curves;
    },
    archive: async () => (await run.engineState()).archive,
    network: async () => {
      await outcomeOf(screen);
      const { replica, epoch } = pickOf(screen);
      const picked = await run.pick(replica, epoch);
      const { networkOf } = await loadPart(() => import('../exports/network.ts'));
      return networkOf(material(), [picked]);
    },
  });
}

/** A model that is made to measure, before it is taken away. */
export interface ModelChoice {
  format: ModelFormatId;
  /** All replicas, each as the rule restores it; else the one on screen. */
  ensemble: boolean;
  options: ModelOptions;
}

/** The file, and how it does on the test points beside the same weights as they were trained. */
export interface MadeModel {
  file: ExportFile;
  asTrained: TestScores;
  scores: TestScores;
}

export async function makeModel(
  { run, settings, view, replays }: OnScreen,
  { format, ensemble, options }: ModelChoice,
): Promise<MadeModel> {
  const material = run.material;
  if (!material || run.epochs === 0) throw new Error('There is no trained model yet: press Train first.');
  const outcome = await outcomeOf({ replays, settings });
  const picks = ensemble
    ? Array.from(outcome?.stop.restored ?? [], (epoch, replica) => ({ replica, epoch })).filter(
        ({ epoch }) => epoch !== -1,
      )
    : [pickOf({ view, replays })];
  if (ensemble && picks.length < 2) throw new Error('An ensemble needs two replicas that the rule restores.');
  const [{ networkOf }, { modelFile }, { testScores }, members] = await Promise.all([
    loadPart(() => import('../exports/network.ts')),
    loadPart(() => import('../exports/models/formats.ts')),
    loadPart(() => import('../exports/models/effect.ts')),
    Promise.all(picks.map(({ replica, epoch }) => run.pick(replica, epoch))),
  ]);
  const experiment = { ...material.experiment, stopping: settings.experiment.stopping };
  const model = { experiment, network: networkOf(material, members) };
  const { test } = material.replicas;
  return {
    file: await modelFile(format, model, options),
    asTrained: testScores(model, { precision: 'float32', sparsity: 0 }, test),
    scores: testScores(model, options, test),
  };
}

/** The replica and epoch that a model is taken from: the epoch on screen, else the one its replica was restored to. */
function pickOf({ view, replays }: Pick<OnScreen, 'view' | 'replays'>): { replica: number; epoch: number } {
  const { replica } = view;
  const restored = replays.outcome?.stop.restored[replica] ?? -1;
  const epoch = view.pinned ?? restored;
  if (epoch === -1) throw new Error(`Replica ${replica + 1} has no epoch to export; choose another replica or epoch.`);
  return { replica, epoch };
}
