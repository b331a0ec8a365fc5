/** @file Exports the run on screen as a file in one of the formats. */
import { produce, type ExportId } from '../exports/registry.ts';
import type { ExportFile } from '../exports/files.ts';
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

/** The replica and epoch that a model is taken from: the epoch on screen, else the one its replica was restored to. */
function pickOf({ view, replays }: OnScreen): { replica: number; epoch: number } {
  const { replica } = view;
  const restored = replays.outcome?.stop.restored[replica] ?? -1;
  const epoch = view.pinned ?? restored;
  if (epoch === -1) throw new Error(`Replica ${replica + 1} has no epoch to export; choose another replica or epoch.`);
  return { replica, epoch };
}
