/** @file The models of `npm run experiment`: which formats, replicas and epochs are asked for, and their files. */
import type { Experiment } from '../engine/experiment/experiment.ts';
import type { PickedWeights } from '../engine/protocol.ts';
import { MODEL_FORMAT_IDS, MODEL_FORMATS, modelFile, type ModelFormatId } from '../exports/models/formats.ts';
import { modelOf } from '../exports/models/build-model.ts';
import type { ModelOptions } from '../exports/models/model.ts';
import { PRECISIONS, type Precision } from '../exports/models/precision.ts';
import javascriptReader from '../exports/models/readers/read-model.js?raw';
import pythonReader from '../exports/models/readers/read_model.py?raw';
import { pytorchLines } from '../exports/models/safetensors.ts';
import { networkOf } from '../exports/network.ts';
import { Mistake } from './mistake.ts';
import type { Trained } from './train.ts';

export const MODEL_USAGE = `       [--export ${MODEL_FORMAT_IDS.join(',')}] [--replica N | --ensemble] [--epoch N] [--precision ${Object.keys(PRECISIONS).join('|')}] [--sparsity 0…1]`;

export const MODEL_OPTIONS = {
  export: { type: 'string', default: 'tfjs' },
  replica: { type: 'string', default: '0' },
  ensemble: { type: 'boolean', default: false },
  epoch: { type: 'string' },
  precision: { type: 'string', default: 'float32' },
  sparsity: { type: 'string', default: '0' },
} as const;

/** Bytes that the weights of an ensemble's members may take while they train. */
const MEMBERS_BYTES = 2 ** 30;

export interface ModelRequest {
  formats: ModelFormatId[];
  /** Counted from 0; null: all, as an ensemble. */
  replica: number | null;
  /** Counted from 0; null: as the rule restores. */
  epoch: number | null;
  options: ModelOptions;
}

export function modelRequest(values: {
  export: string;
  replica: string;
  ensemble: boolean;
  epoch?: string | undefined;
  precision: string;
  sparsity: string;
}): ModelRequest {
  const formats = values.export.split(',').map((name) => {
    const id = MODEL_FORMAT_IDS.find((known) => known === name);
    if (!id) throw new Mistake(`--export: "${name}" must be some of ${MODEL_FORMAT_IDS.join(',')}`);
    return id;
  });
  const precision = (Object.keys(PRECISIONS) as Precision[]).find((known) => known === values.precision);
  if (!precision)
    throw new Mistake(`--precision: "${values.precision}" must be one of ${Object.keys(PRECISIONS).join(', ')}`);
  const sparsity = values.sparsity.trim() === '' ? NaN : Number(values.sparsity);
  if (!(sparsity >= 0 && sparsity < 1)) throw new Mistake(`--sparsity: "${values.sparsity}" must be from 0 to below 1`);
  for (const id of formats) {
    const { precisions, ensemble, label }: { precisions: readonly Precision[]; ensemble: boolean; label: string } =
      MODEL_FORMATS[id];
    if (!precisions.includes(precision))
      throw new Mistake(`--precision: ${id} (${label}) has no ${precision}; use ${precisions.join(' or ')}`);
    if (values.ensemble && !ensemble)
      throw new Mistake(`--ensemble: ${id} (${label}) holds one replica; use --replica`);
  }
  return {
    formats,
    replica: values.ensemble ? null : whole('--replica', values.replica),
    epoch: values.epoch === undefined ? null : whole('--epoch', values.epoch),
    options: { precision, sparsity },
  };
}

function whole(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Mistake(`${option}: "${text}" must be a whole number from 0`);
  return Number(text);
}

/** The replicas whose weights have to be kept. */
export function checkMembers({ replica, epoch }: ModelRequest, { replicas, training, model }: Experiment): number[] {
  const { count } = replicas;
  if (epoch !== null && epoch >= training.epochs)
    throw new Mistake(`--epoch: ${epoch} must be below training.epochs, ${training.epochs}; epochs count from 0`);
  if (replica !== null) {
    if (replica >= count) throw new Mistake(`--replica: ${replica} must be below replicas.count, ${count}`);
    return [replica];
  }
  if (count < 2) throw new Mistake('--ensemble: needs two replicas; set replicas.count');
  // Between layers; first and last are small beside them, or cannot be known before the data are there.
  const parameters = model.hidden.reduce((sum, units, l) => sum + units * ((model.hidden[l - 1] ?? 8) + 1), 0);
  if (4 * parameters * count * training.epochs > MEMBERS_BYTES)
    throw new Mistake('--ensemble: the weights of so many epochs and replicas do not fit in memory; train fewer');
  return Array.from({ length: count }, (_, r) => r);
}

/** The files by name, and what `outcome.json` says of them; nothing where no replica has an epoch to take. */
export async function modelFiles(
  { material, outcome, kept, tape }: Trained,
  { formats, replica, epoch, options }: ModelRequest,
): Promise<{ model: object | null; files: Map<string, Uint8Array | string> }> {
  const files = new Map<string, Uint8Array | string>();
  if (epoch !== null && epoch >= tape.length)
    throw new Mistake(`--epoch: ${epoch} was not trained, the run ended after ${tape.length} epochs`);
  const members = [...kept].flatMap(([r, epochs]): PickedWeights[] => {
    const at = epoch ?? outcome?.replays[r]?.restored ?? -1;
    const weights = epochs[at];
    // A replica that diverged has no epoch that the rule restores; an ensemble goes without it.
    return weights && (replica !== null || weights.every(Number.isFinite)) ? [{ replica: r, epoch: at, weights }] : [];
  });
  if (members.length === 0) return { model: null, files };
  const model = { experiment: material.experiment, network: networkOf(material, members) };
  for (const id of formats) {
    files.set(`model.${MODEL_FORMATS[id].ending}`, (await modelFile(id, model, options)).bytes);
    if (id === 'safetensors') files.set('model.py', pytorchLines(modelOf(model, options)));
    if (id === 'json') files.set('read-model.js', javascriptReader).set('read_model.py', pythonReader);
  }
  const which =
    replica === null
      ? { replicas: members.map((member) => member.replica), epochs: members.map((member) => member.epoch) }
      : { replica, epoch: members[0]!.epoch };
  return { model: { files: [...files.keys()], ...which, ...options }, files };
}
