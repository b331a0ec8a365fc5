/** @file `npm run experiment`: trains an experiment without a page and writes its outcome, curves and models. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Clock } from '../engine/clock.ts';
import { DataError } from '../engine/data/data-error.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import type { Problem } from '../engine/experiment/schema.ts';
import { shown, shownPath } from '../engine/json-text.ts';
import { BACKENDS, type BackendName } from '../engine/trainers/trainer.ts';
import { curvesFile } from '../exports/curves-csv.ts';
import { recordedDocument, recordedFiles } from '../exports/everything.ts';
import { readExperiment } from '../exports/experiment-json.ts';
import type { LossDecompositionRequest } from '../exports/loss-decomposition.ts';
import { outcomeDocument } from '../exports/outcome-json.ts';
import { withPolicy } from '../stopping/experiment-policy.ts';
import { RULES } from '../stopping/rules/index.ts';
import { checkLoss, decomposed, decomposeRequest, DECOMPOSE_OPTIONS, DECOMPOSE_USAGE } from './decompose.ts';
import { Mistake } from './mistake.ts';
import { checkMembers, modelFiles, modelRequest, MODEL_OPTIONS, MODEL_USAGE, type ModelRequest } from './models.ts';
import { checkOut } from './out-folder.ts';
import { train, type Listener, type Trained } from './train.ts';
import { provideWebGPU } from './webgpu.ts';

interface Io {
  stderr: { write(text: string): unknown };
}

const USAGE = `usage: npm run --silent experiment -- <experiment.json> --out <dir> [--backend ${BACKENDS.join('|')}] [--everything]
${MODEL_USAGE}
${DECOMPOSE_USAGE}
experiment.json: settings that differ from the defaults, or all of them
--everything: also writes all that was recorded, see docs/recorded-files.md
--decompose: also takes the errors apart by this loss; --plug-in: with the terms as they are for these replicas
`;

/**
 * Writes `outcome.json`, `curves.csv` and the models asked for (by default `model.zip`, the first replica as the rule
 * restores it) into the folder; with `--everything` also what everything.ts makes of the run, of which its `curves.csv` has more columns. With
 * `--decompose` the outcome also has the errors taken apart by a loss.
 * Resolves to the exit status: 0; 2 for a bad experiment or command, 1 where this machine cannot run it, both after a
 * message on standard error.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    const { file, out, backend, everything, models, decompose } = options(argv);
    const experiment = await read(file);
    const replicas = checkMembers(models, experiment);
    checkLoss(decompose, experiment);
    await checkOut(out);
    if (backend === 'webgpu') await provideWebGPU();
    const trained = await train(experiment, backend, clock, progress(experiment, io), {
      archived: everything,
      replicas,
    });
    io.stderr.write(`wrote ${(await write(out, trained, models, decompose)).join(', ')} to ${out}\n`);
    return 0;
  } catch (error) {
    if (error instanceof DataError) io.stderr.write(`${line(error)}\n`);
    else io.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof Mistake || error instanceof DataError ? 2 : 1;
  }
}

/** Timers that do not keep the process alive once the work is done. */
const clock: Clock = {
  now: () => performance.now(),
  after: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
};

interface Options {
  file: string;
  out: string;
  backend: BackendName;
  everything: boolean;
  models: ModelRequest;
  decompose: LossDecompositionRequest | null;
}

function options(argv: readonly string[]): Options {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      options: {
        out: { type: 'string' },
        backend: { type: 'string', default: 'wasm' },
        everything: { type: 'boolean', default: false },
        ...MODEL_OPTIONS,
        ...DECOMPOSE_OPTIONS,
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new Mistake(`${(error as Error).message}\n${USAGE}`);
  }
  const { positionals, values } = parsed;
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new Mistake(`name one experiment file\n${USAGE}`);
  if (values.out === undefined) throw new Mistake(`--out is missing; name a folder for the results\n${USAGE}`);
  const backend = BACKENDS.find((name) => name === values.backend);
  if (!backend) throw new Mistake(`--backend: "${values.backend}" must be one of ${BACKENDS.join(', ')}\n${USAGE}`);
  const asked = { models: modelRequest(values), decompose: decomposeRequest(values) };
  return { file, out: values.out, backend, everything: values.everything, ...asked };
}

async function read(file: string): Promise<Experiment> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Mistake(`${file} cannot be read: ${(error as Error).message}`);
  }
  const found = readExperiment(text);
  const parsed = found.ok ? withPolicy(found.experiment, RULES) : found;
  if (!parsed.ok) throw new Mistake(parsed.problems.map(line).join('\n'));
  if (parsed.experiment.data.own) {
    throw new Mistake(
      line({ path: 'data.source', value: 'own', remedy: 'has its rows in the page only; name a dataset' }),
    );
  }
  return parsed.experiment;
}

/** `path: value — remedy` */
function line({ path, value, remedy }: Problem): string {
  return `${shownPath(path)}: ${shown(value)} — ${remedy}`;
}

function progress({ training, replicas }: Experiment, io: Io): Listener {
  let last = -Infinity;
  return {
    step: (words) => io.stderr.write(`${words}\n`),
    recorded(epochs, elapsedMs) {
      if (clock.now() - last < 1000 && epochs < training.epochs) return;
      last = clock.now();
      const rate = (1000 * epochs) / elapsedMs;
      const left = Math.ceil((training.epochs - epochs) / rate);
      const speed = Math.round(rate * replicas.count);
      io.stderr.write(`epoch ${epochs}/${training.epochs}, ${speed} replica-epochs/s, ${left} s left\n`);
    },
  };
}

/** The files written, by name. */
async function write(
  out: string,
  trained: Trained,
  models: ModelRequest,
  decompose: LossDecompositionRequest | null,
): Promise<string[]> {
  const { material, device, tape, points, curves, outcome, ending, archive } = trained;
  const { experiment, replicas } = material;
  const reported = { experiment, tape, outcome, device, replicas };
  const recorded = archive && { ...reported, points, curves, archive };
  const files = new Map<string, Uint8Array | string>();
  if (recorded) for (const [name, bytes] of recordedFiles(recorded)) files.set(name, bytes);
  else files.set('curves.csv', curvesFile({ experiment, tape }).bytes);
  const { model, files: modelled } = await modelFiles(trained, models);
  for (const [name, bytes] of modelled) files.set(name, bytes);
  const document = {
    ...(recorded ? recordedDocument(recorded) : outcomeDocument(reported)),
    ...{ ending, model },
    ...decomposed(decompose, trained),
  };
  files.set('outcome.json', `${JSON.stringify(document, null, 2)}\n`);
  await mkdir(out, { recursive: true });
  for (const [name, content] of files) await writeFile(path.join(out, name), content);
  return [...files.keys()];
}
