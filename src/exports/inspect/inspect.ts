/** @file Says what a file is, from its bytes alone: its format, what it holds, and where it comes from. Nothing in it is trusted. */
import { readExperiment } from '../experiment-json.ts';
import { checkParameters, readAbout, type ReadAbout } from './about-reader.ts';
import { FileError, MAX_FILE_BYTES, type FileTensor } from './file-error.ts';
import { readHdf5 } from './hdf5-reader.ts';
import { readLayersModel } from './layers-model-reader.ts';
import { readOnnx } from './onnx-reader.ts';
import { listOf, objectOf, safeJson, stringOf, type Json, type JsonObject } from './safe-json.ts';
import { readSafetensors } from './safetensors-reader.ts';
import { jsonTensors, modelInPage, readCHeader } from './text-readers.ts';
import { readZip } from './zip-reader.ts';

export interface Inspected {
  format: string;
  bytes: number;
  /** Of a model: its layers or operations in order, where the format names them. */
  layers: string[];
  /** Of a model: every array by its name. */
  arrays: { name: string; type: string; shape: number[] }[];
  /** Of a model: what it says of itself, with its experiment and check vector. */
  about: ReadAbout | null;
  /** Whatever else is to be said, a line each. */
  notes: string[];
}

type Found = Partial<Omit<Inspected, 'bytes' | 'arrays'>> & { format: string; tensors?: FileTensor[] };

/** Weights of the network itself by their names in the formats; scales, constants and the standardisation are not. */
const PARAMETER = /(^|[._/])(kernel(_float16|_int8)?|bias|gains|shifts|gamma|beta|weight|vars\/\d+)$/;
/** A layer of its own for the mean, in a layers model. */
const CENTRE = /^centre\//;

/** Throws a `FileError` for a file that is none of those Patience writes, is damaged, or does not fit together. */
export function inspect(bytes: Uint8Array): Inspected {
  if (bytes.length > MAX_FILE_BYTES)
    throw new FileError(`file: has ${bytes.length} bytes; at most ${MAX_FILE_BYTES} are read`);
  const { format, tensors = [], layers = [], about = null, notes = [] } = found(bytes);
  if (about) {
    const own = tensors.filter(({ name }) => PARAMETER.test(name) && !CENTRE.test(name));
    checkParameters(
      about,
      own.reduce((sum, { values }) => sum + values.length, 0),
    );
  }
  return {
    format,
    bytes: bytes.length,
    layers,
    arrays: tensors.map(({ name, type, shape }) => ({ name, type, shape })),
    about,
    notes,
  };
}

function found(bytes: Uint8Array): Found {
  const begins = (...start: number[]) => start.every((byte, i) => bytes[i] === byte);
  if (begins(0x50, 0x4b)) return inZip(readZip(bytes));
  if (begins(0x89, 0x48, 0x44, 0x46)) return { format: 'HDF5 weights', tensors: readHdf5(bytes) };
  if (begins(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59)) return { format: 'NumPy array', notes: [npyHeader(bytes)] };
  if (bytes[8] === 0x7b && bytes[7] === 0) {
    const { tensors, metadata } = readSafetensors(bytes);
    return { format: 'safetensors', tensors, about: readAbout(jsonIn(metadata.patience), '__metadata__.patience') };
  }
  if (begins(0x08) && bytes[1]! < 32 && bytes[2] === 0x12) return onnx(bytes);
  return inText(new TextDecoder().decode(bytes));
}

const jsonIn = (text: string | undefined): Json | undefined =>
  text === undefined ? undefined : safeJson(text, 'patience');

function onnx(bytes: Uint8Array): Found {
  const { irVersion, opset, nodes, tensors, inputs, outputs, metadata } = readOnnx(bytes);
  return {
    format: `ONNX, version ${irVersion}, operators ${opset}`,
    tensors,
    layers: nodes.map(({ op, outputs: [output] }) => `${op} ${output}`),
    about: readAbout(jsonIn(metadata.get('patience')), 'metadata.patience'),
    notes: [`takes ${inputs.join(', ')} and gives ${outputs.join(', ')}`],
  };
}

function inZip(files: Map<string, Uint8Array>): Found {
  const json = (name: string) => objectOf(safeJson(new TextDecoder().decode(files.get(name)), name), name);
  const [config, weights] = [files.get('config.json'), files.get('model.weights.h5')];
  if (config && weights) {
    const { config: sequential } = json('config.json');
    return {
      format: 'Keras 3 (.keras)',
      tensors: readHdf5(weights),
      layers: layersIn(objectOf(sequential, 'config').layers, 'config.layers'),
      about: readAbout(json('metadata.json').patience, 'metadata.json: patience'),
    };
  }
  const [model, data] = [files.get('model.json'), files.get('weights.bin')];
  if (model && data) {
    const document = json('model.json');
    const { tensors, about } = readLayersModel(document, data);
    const topology = objectOf(objectOf(document.modelTopology, 'modelTopology').model_config, 'model_config');
    return {
      format: 'TensorFlow.js layers model',
      tensors,
      layers: layersIn(objectOf(topology.config, 'config').layers, 'config.layers'),
      about: readAbout(about, 'userDefinedMetadata'),
    };
  }
  if (files.has('outcome.json') && files.has('predictions.npy'))
    return {
      format: 'Everything recorded of a run',
      notes: [...files].map(([name, { length }]) => `${name}, ${length} bytes`),
    };
  throw new FileError(`zip: holds ${[...files.keys()].slice(0, 5).join(', ')}, which is no file that Patience writes`);
}

const layersIn = (value: Json | undefined, where: string): string[] =>
  listOf(value, where).map((entry, i) => {
    const layer = objectOf(entry, `${where}[${i}]`);
    const { name } = objectOf(layer.config, `${where}[${i}].config`);
    return `${stringOf(layer.class_name, where)} ${stringOf(name, where)}`;
  });

function inText(text: string): Found {
  if (/^<!doctype html>/i.test(text)) return jsonModel('page with a model', modelInPage(text));
  if (text.startsWith('/*')) {
    const { tensors, about } = readCHeader(text);
    return { format: 'C header', tensors, about: readAbout(about, 'C header') };
  }
  if (/^(epoch,replicas?|point,kept),/.test(text)) {
    const [header, ...rows] = text.trimEnd().split('\n');
    return { format: 'Table of a run (CSV)', notes: [`${rows.length} rows of ${header}`] };
  }
  if (!/^\uFEFF?\s*\{/.test(text)) throw new FileError('file: begins as no file that Patience writes');
  const document = objectOf(safeJson(text.replace(/^\uFEFF/, ''), 'JSON'), 'JSON');
  if (document.patience === 'model') return jsonModel('model as JSON', document);
  const { outcome, experiment } = { outcome: 'columns' in document && 'replicas' in document, experiment: document };
  const parsed = readExperiment(JSON.stringify(outcome ? document.experiment : experiment));
  if (!parsed.ok) {
    const [problem] = parsed.problems;
    throw new FileError(`JSON: is no experiment, outcome or model; ${problem!.path}: ${problem!.remedy}`);
  }
  const { seed, data, replicas } = parsed.experiment;
  const of = `on ${data.own?.name ?? data.source}, seed ${seed}, ${replicas.count} replicas`;
  return { format: outcome ? 'Outcome of a run' : 'Experiment', notes: [of] };
}

function jsonModel(format: string, document: JsonObject): Found {
  return { format, tensors: jsonTensors(document), about: readAbout(document, 'model') };
}

function npyHeader(bytes: Uint8Array): string {
  const length = bytes[8]! + 256 * bytes[9]!;
  if (10 + length > bytes.length) throw new FileError('NumPy array: is cut off in its header');
  return new TextDecoder().decode(bytes.subarray(10, 10 + length)).trim();
}
