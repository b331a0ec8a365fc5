/** @file Reads what a model file says of itself, and holds the file's weights against it. */
import { withDefaults } from '../../engine/experiment/defaults.ts';
import type { Experiment } from '../../engine/experiment/experiment.ts';
import { layoutOf } from '../../engine/model/network.ts';
import { FileError } from './file-error.ts';
import { listOf, numberListOf, objectOf, stringOf, type Json } from './safe-json.ts';

export interface ReadAbout {
  replicas: number[];
  epochs: number[];
  rule: string;
  seed: number;
  data: string;
  inputs: string[];
  output: string;
  classes: string[] | null;
  precision: string;
  sparsity: number;
  check: { inputs: number[][]; outputs: number[][]; sd: number[][] | null };
  experiment: Experiment;
}

/** `where` names the place in messages. Throws a `FileError` naming the field that is wrong. */
export function readAbout(value: Json | undefined, where: string): ReadAbout {
  const about = objectOf(value, where);
  if (about.patience !== 'model' || typeof about.version !== 'number')
    throw new FileError(`${where}: does not say that it is a model of Patience; export it again`);
  if (about.version > 1)
    throw new FileError(`${where}.version: ${about.version} is newer than 1, which is read here; use a newer Patience`);
  const at = (name: string) => `${where}.${name}`;
  const texts = (name: string) => listOf(about[name], at(name)).map((text) => stringOf(text, at(name)));
  const inputs = texts('inputs');
  const check = objectOf(about.check, at('check'));
  const rows = (name: string, width: number | null): number[][] => {
    const list = listOf(check[name], at(`check.${name}`)).map((row) => numberListOf(row, at(`check.${name}`)));
    const length = width ?? list[0]?.length;
    if (list.length !== 8 || !list.every((row) => row.length === length && row.length > 0))
      throw new FileError(`${at(`check.${name}`)}: must be 8 rows of ${length} numbers`);
    return list;
  };
  const outputs = rows('outputs', null);
  const experiment = withDefaults(about.experiment);
  if (!experiment.ok) {
    const [problem] = experiment.problems;
    throw new FileError(`${at('experiment')}.${problem!.path}: ${JSON.stringify(problem!.value)} ${problem!.remedy}`);
  }
  const [replicas, epochs] = [numberListOf(about.replicas, at('replicas')), numberListOf(about.epochs, at('epochs'))];
  if (replicas.length === 0 || epochs.length !== replicas.length)
    throw new FileError(`${at('epochs')}: must be one for each of ${replicas.length} replicas`);
  return {
    replicas,
    epochs,
    rule: stringOf(about.rule, at('rule')),
    seed: numberListOf([about.seed ?? null], at('seed'))[0]!,
    data: stringOf(about.data, at('data')),
    inputs,
    output: stringOf(about.output, at('output')),
    classes: about.classes === null ? null : texts('classes'),
    precision: stringOf(about.precision, at('precision')),
    sparsity: numberListOf([about.sparsity ?? null], at('sparsity'))[0]!,
    check: {
      inputs: rows('inputs', inputs.length),
      outputs,
      sd: check.sd === null ? null : rows('sd', outputs[0]!.length),
    },
    experiment: experiment.experiment,
  };
}

/** Throws a `FileError` unless the file has as many weights as the networks that it says it holds: else it is mixed up. */
export function checkParameters({ experiment, inputs, check, replicas }: ReadAbout, found: number): void {
  const { parameters } = layoutOf(experiment, inputs.length, check.outputs[0]!.length);
  const expected = parameters * replicas.length;
  if (found !== expected)
    throw new FileError(`weights: there are ${found}, but the experiment in the file has ${expected}: it is mixed up`);
}
