/** @file The registry of export formats: each entry names what it needs and makes a file from it. */
import type { RecordedMaterial } from './everything.ts';
import type { ExportFile } from './files.ts';
import { MODEL_FORMAT_IDS, MODEL_FORMATS, type ModelFormatId } from './models/formats.ts';
import type { Network } from './network.ts';

export interface ExportMaterial extends RecordedMaterial {
  network: Network;
}

interface Exporter<N extends keyof ExportMaterial> {
  label: string;
  /** One sentence for the one who chooses. */
  help: string;
  needs: readonly N[];
  /** Its code comes with the first use. */
  load(): Promise<(material: Pick<ExportMaterial, N>) => ExportFile>;
}

function exporter<N extends keyof ExportMaterial>(entry: Exporter<N>): Exporter<N> {
  return entry;
}

/** A model file from the page's list: one replica, as trained. */
const MODELS = Object.fromEntries(
  MODEL_FORMAT_IDS.map((id) => {
    const { label, help, load } = MODEL_FORMATS[id];
    return [id, exporter({ label, help, needs: ['experiment', 'network'], load })] as const;
  }),
) as Record<ModelFormatId, Exporter<'experiment' | 'network'>>;

export const EXPORTS = {
  ...MODELS,
  curves: exporter({
    label: 'Curves (CSV)',
    help: 'Train, validation and test loss of every replica at every epoch.',
    needs: ['experiment', 'tape'],
    load: async () => (await import('./curves-csv.ts')).curvesFile,
  }),
  outcome: exporter({
    label: 'Outcome (JSON)',
    help: 'Where each replica stopped and why, and the error of every column taken apart.',
    needs: ['experiment', 'tape', 'outcome', 'device', 'replicas'],
    load: async () => (await import('./outcome-json.ts')).outcomeFile,
  }),
  everything: exporter({
    label: 'Everything recorded (zip)',
    help: 'Every metric, prediction and test point, and the weights kept of all replicas, for NumPy and spreadsheets. Of a run that is paused or done.',
    needs: ['experiment', 'tape', 'outcome', 'device', 'replicas', 'points', 'curves', 'archive'],
    load: async () => (await import('./everything.ts')).everythingFile,
  }),
  experiment: exporter({
    label: 'Experiment (JSON)',
    help: 'All settings: opens here again, and runs from the command line.',
    needs: ['experiment'],
    load: async () => (await import('./experiment-json.ts')).experimentFile,
  }),
};

export type ExportId = keyof typeof EXPORTS;

/** Where the material comes from; only what the chosen format needs is asked for. */
export type Sources = { [K in keyof ExportMaterial]: () => ExportMaterial[K] | Promise<ExportMaterial[K]> };

export async function produce(id: ExportId, sources: Sources): Promise<ExportFile> {
  const entry = EXPORTS[id] as Exporter<keyof ExportMaterial>;
  const found = await Promise.all(entry.needs.map(async (need) => [need, await sources[need]()] as const));
  const write = await entry.load();
  return write(Object.fromEntries(found) as unknown as ExportMaterial);
}
