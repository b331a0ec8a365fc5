/** @file The formats that a model can be taken away in: one entry each says what it is for and what it can hold. */
import type { ExportFile } from '../files.ts';
import type { ModelMaterial, ModelOptions } from './model.ts';
import type { Precision } from './precision.ts';

interface ModelFormat {
  label: string;
  /** One sentence for the one who chooses. */
  help: string;
  ending: string;
  precisions: readonly Precision[];
  /** Whether it holds several members, with their mean and standard deviation as outputs. */
  ensemble: boolean;
  /** Its code comes with the first use. */
  load(): Promise<(material: ModelMaterial, options?: ModelOptions) => ExportFile>;
}

export const MODEL_FORMATS = {
  tfjs: {
    label: 'Model (TensorFlow.js)',
    help: 'A layers model that takes raw values: a zip with model.json, its weights and a README.',
    ending: 'zip',
    precisions: ['float32'],
    ensemble: false,
    load: async () => (await import('../layers-model.ts')).layersModelFile,
  },
  keras: {
    label: 'Model (Keras 3)',
    help: 'A .keras file for keras.saving.load_model, of any Keras from 3.0 on.',
    ending: 'keras',
    precisions: ['float32', 'float16'],
    ensemble: false,
    load: async () => (await import('./keras.ts')).kerasFile,
  },
  onnx: {
    label: 'Model (ONNX)',
    help: 'For ONNX Runtime in any language, and whatever else reads ONNX.',
    ending: 'onnx',
    precisions: ['float32', 'float16', 'int8'],
    ensemble: true,
    load: async () => (await import('./onnx.ts')).onnxFile,
  },
  safetensors: {
    label: 'Model (safetensors, PyTorch)',
    help: 'Weights by their names in nn.Sequential; the lines of Python that load them are inside.',
    ending: 'safetensors',
    precisions: ['float32', 'float16', 'int8'],
    ensemble: true,
    load: async () => (await import('./safetensors.ts')).safetensorsFile,
  },
  c: {
    label: 'Model (C header)',
    help: 'C99 without allocation, for microcontrollers: constant arrays, one function, a self-test.',
    ending: 'h',
    precisions: ['float32', 'int8'],
    ensemble: true,
    load: async () => (await import('./c-header.ts')).cHeaderFile,
  },
  html: {
    label: 'Model (page)',
    help: 'One HTML file that opens offline and predicts what is typed into it.',
    ending: 'html',
    precisions: ['float32'],
    ensemble: true,
    load: async () => (await import('./html-page.ts')).htmlPageFile,
  },
  json: {
    label: 'Model (JSON)',
    help: 'Plain numbers, layer by layer, for a program of your own.',
    ending: 'json',
    precisions: ['float32'],
    ensemble: true,
    load: async () => (await import('./json-model.ts')).jsonModelFile,
  },
} as const satisfies Record<string, ModelFormat>;

export type ModelFormatId = keyof typeof MODEL_FORMATS;
export const MODEL_FORMAT_IDS = Object.keys(MODEL_FORMATS) as ModelFormatId[];

/** Throws, saying what to do, if a format cannot hold what is asked for. */
export async function modelFile(
  id: ModelFormatId,
  material: ModelMaterial,
  options: ModelOptions,
): Promise<ExportFile> {
  const { label, precisions, ensemble, load }: ModelFormat = MODEL_FORMATS[id];
  if (!precisions.includes(options.precision))
    throw new Error(`${label} has no ${options.precision}: choose ${precisions.join(' or ')}.`);
  if (material.network.members.length > 1 && !ensemble) throw new Error(`${label} holds one replica: choose one.`);
  return (await load())(material, options);
}
