/** @file The experiment as a file, and back: what the command line reads and a reader keeps or sends. */
import { withDefaults } from '../engine/experiment/defaults.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import type { Parsed } from '../engine/experiment/schema.ts';
import { JsonTextError, parseJson } from '../engine/json-text.ts';
import { fileName, textFile, type ExportFile } from './files.ts';

export function experimentFile({ experiment }: { experiment: Experiment }): ExportFile {
  const name = fileName(experiment, 'experiment.json');
  return textFile(name, 'application/json', `${JSON.stringify(experiment, null, 2)}\n`);
}

/** Reads the text of such a file, whole or partial: what it leaves out takes its default. */
export function readExperiment(text: string): Parsed {
  let document: unknown;
  try {
    document = parseJson(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    return { ok: false, problems: [{ path: '(document)', value: text.slice(0, 40), remedy: error.message }] };
  }
  return withDefaults(document);
}
