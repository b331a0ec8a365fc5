/** @file `npm run logs` and `replay --log`: documents, lines, folders and refusals. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { main as logs } from './logs.ts';
import { main as replay } from './replay.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'logs-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function run(command: typeof replay, ...args: string[]) {
  let stdout = '';
  let stderr = '';
  const status = await command(args, {
    stdin: Readable.from([]),
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
  });
  return { status, stdout, stderr };
}

const FILE = write('a/metrics.csv', 'epoch,step,loss,val_loss\n0,9,1,2\n1,19,,nan\n2,29,0.8,1.5\n');

describe('logs from the command line', () => {
  it('prints one document', async () => {
    const { status, stdout } = await run(logs, FILE);
    expect([status, stdout.split('\n').length]).toEqual([0, 2]);
    const clock = { epoch: [0, 1, 2], step: [9, 19, 29] };
    expect(JSON.parse(stdout)).toMatchObject({
      runs: [
        {
          name: 'metrics',
          curves: [
            {
              name: 'loss',
              split: 'train',
              set: null,
              metric: 'loss',
              direction: 'min',
              values: [1, null, 0.8],
              clock,
            },
            {
              name: 'val_loss',
              split: 'validation',
              set: null,
              metric: 'loss',
              direction: 'min',
              values: [2, 'NaN', 1.5],
              clock,
            },
          ],
        },
      ],
      watched: { metric: 'loss', split: 'validation' },
      judged: { metric: 'loss', split: 'validation' },
    });
  });

  it('takes folders, and says what it left out', async () => {
    write('b/seed_1/metrics.csv', 'epoch,val_loss\n0,1\n1,2\n');
    write('b/seed_2/metrics.csv', 'epoch,val_loss\n0,3\n1,4\n');
    write('b/seed_2/notes.txt', 'Words.');
    write('b/seed_2/model.pt', 'weights');
    const { runs, notes } = JSON.parse((await run(logs, path.join(folder, 'b'))).stdout) as {
      runs: { name: string }[];
      notes: string[];
    };
    expect(runs.map(({ name }) => name)).toEqual(['seed_1', 'seed_2']);
    expect(notes.join(' ')).toContain('Left out: notes.txt, text: Words. holds no history');
  });

  it.each([
    [[], 'no FILE is named'],
    [[`${folder}/none.csv`], 'cannot be opened'],
    [[write('results.csv', 'model,acc\na,1\nb,0.9\n')], 'results, not histories'],
    [[FILE, '--watch', 'bleu'], 'watch: bleu is not in the log; use loss, val_loss'],
    [[FILE, '--direction', 'up'], '--direction: "up" must be min or max'],
    [[FILE, '--what'], "Unknown option '--what'"],
  ])('%j: exits with 2: %s', async (args, message) => {
    const { status, stdout, stderr } = await run(logs, ...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

describe('replay of a log', () => {
  const two = write(
    'two.csv',
    'run,epoch,val_acc,val_zork\na,0,0.5,1\nb,0,0.6,1\na,1,0.7,2\nb,1,0.5,3\na,2,0.6,3\nb,2,0.4,2\n',
  );
  const stops = async (...args: string[]) => {
    const { stdout, stderr } = await run(replay, '--log', two, ...args);
    expect(stderr).toBe('');
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { run: string; stop: number | null; restored: number | null })
      .map((line) => [line.run, line.stop, line.restored]);
  };

  it('is one line a run, in the direction of the metric', async () => {
    const grows = [
      ['a', 2, 1],
      ['b', 1, 0],
    ];
    for (const library of ['keras', 'lightning', 'hugging-face', 'fastai', 'ignite', 'tf-keras', 'tfjs'])
      expect(
        await stops(
          '--library',
          library,
          '--patience'.replace('--patience', library === 'hugging-face' ? '--early-stopping-patience' : '--patience'),
          '1',
        ),
        library,
      ).toEqual(grows);
    expect(await stops('--library', 'xgboost', '--rounds', '1', '--maximize', 'true')).toEqual(grows);
    expect(await stops('--library', 'skorch', '--patience', '1')).toEqual(grows);
    expect(await stops('--library', 'mmengine', '--patience', '1', '--min-delta', '0')).toEqual(grows);
    // An accuracy shrinks to XGBoost, by how its name begins.
    expect(await stops('--library', 'xgboost', '--rounds', '1')).toEqual([
      ['a', 1, 0],
      ['b', null, 2],
    ]);
    const { stdout } = await run(replay, '--log', two, '--library', 'xgboost', '--rounds', '1');
    expect(stdout).toContain('XGBoost takes acc to shrink by how its name begins; say --maximize true or false.');
  });

  it('counts the steps of the log for a rule in steps', async () => {
    const scores = write('scores.csv', 'step,val_score\n0,0.41\n100,0.60\n200,0.62\n300,0.62\n400,0.61\n500,0.61\n');
    const args = ['--log', scores, '--direction', 'max', '--library', 'spacy', '--patience', '300'];
    const { stdout } = await run(replay, ...args);
    expect(JSON.parse(stdout)).toMatchObject({ stop: 5, restored: 2, reason: expect.stringContaining('at step 200') });
    const other = await run(replay, ...args, '--eval-frequency', '1');
    expect(JSON.parse(other.stdout)).toMatchObject({ stop: null });
  });

  it('says which weights the training loss decides on', async () => {
    const log = write('loss.csv', 'epoch,train_loss\n0,-5.8\n1,-1.2\n2,-15.9\n3,-15.3\n');
    const args = ['--log', log, '--watch', 'train_loss', '--library', 'keras', '--patience', '5'];
    const { stdout } = await run(replay, ...args, '--restore-best-weights');
    expect(stdout).toContain('The weights kept are those after the updates of the best epoch');
    expect((await run(replay, ...args)).stdout).not.toContain('The weights kept');
  });

  it('watches what it is told, and asks for a direction that no name says', async () => {
    expect(await stops('--library', 'keras', '--patience', '1', '--watch', 'val_zork', '--direction=min')).toEqual([
      ['a', 1, 0],
      ['b', 1, 0],
    ]);
    expect(await run(replay, '--log', two, '--watch', 'val_zork', '--library', 'keras')).toMatchObject({
      status: 2,
      stdout: '',
    });
    expect((await run(replay, '--log', two, '--watch', 'val_zork', '--library', 'keras')).stderr).toContain(
      '--direction is missing',
    );
    // The library's own word comes first.
    expect(await stops('--library', 'keras', '--patience', '1', '--mode', 'min')).toEqual([
      ['a', 1, 0],
      ['b', null, 2],
    ]);
  });

  it('refuses what it cannot read', async () => {
    expect(await run(replay, '--log', `${folder}/none`, '--library', 'keras')).toMatchObject({ status: 2, stdout: '' });
    expect((await run(replay, '--log', '--library')).stderr).toContain('--library is missing');
  });
});
