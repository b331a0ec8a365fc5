/** @file The experiment as a file, and back: what the command line reads and a reader keeps or sends. */
import { withDefaults } from '../engine/experiment/defaults.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import type { Parsed } from '../engine/experiment/schema.ts';
import { fileName, textFile, type ExportFile } from './files.ts';

export function experimentFile({ experiment }: { experiment: Experiment }): ExportFile {
  const name = fileName(experiment, 'experiment.json');
  return textFile(name, 'application/json', `${JSON.stringify(experiment, null, 2)}\n`);
}

/** Reads the text of such a file, whole or partial: what it leaves out takes its default. */
export function readExperiment(text: string): Parsed {
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const remedy = `must be JSON: ${(error as SyntaxError).message}`;
    return { ok: false, problems: [{ path: '(document)', value: text.slice(0, 40), remedy }] };
  }
  return withDefaults(document);
}
