/** @file What a reader brings is told apart by its content. */
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT, DEFAULT_POLICY } from '../engine/experiment/experiment.ts';
import { experimentFile } from '../exports/experiment-json.ts';
import { toHash } from '../exports/permalink.ts';
import { toldApart, type Brought } from './told-apart.ts';

const of = (content: string | Uint8Array, whole = true): Brought =>
  toldApart(typeof content === 'string' ? new TextEncoder().encode(content) : content, whole);
const json = (value: unknown) => JSON.stringify(value, null, 2);

it.each<[string, string | Uint8Array, Brought]>([
  [
    'the file of an experiment',
    experimentFile({ experiment: DEFAULT_EXPERIMENT }).bytes,
    experiment(DEFAULT_EXPERIMENT),
  ],
  ['with a byte order mark', `\uFEFF${json(DEFAULT_EXPERIMENT)}`, experiment(DEFAULT_EXPERIMENT)],
  ['part of an experiment', '{"data":{"source":"moons"},"seed":3}', experiment({ data: { source: 'moons' }, seed: 3 })],
  ['with a wrong field', '{"data":{},"sead":3}', experiment({ data: {}, sead: 3 })],
  ['an outcome', json({ version: 1, experiment: DEFAULT_EXPERIMENT, columns: {} }), experiment(DEFAULT_EXPERIMENT)],
  ['a policy', json(DEFAULT_POLICY), { kind: 'policy', document: { ...DEFAULT_POLICY } }],
  ['a group', '{"any":[{"rule":"gl"}]}', { kind: 'policy', document: { any: [{ rule: 'gl' }] } }],
  ['a link', `https://example.org/p/${toHash(DEFAULT_EXPERIMENT)}`, { kind: 'link', hash: toHash(DEFAULT_EXPERIMENT) }],
  ['a link behind a door', 'http://x/#/workshop?v=3&seed=4', { kind: 'link', hash: '#/workshop?v=3&seed=4' }],
  ['a table', 'x,y\n1,2\n3,4\n', { kind: 'table' }],
  ['a history of Keras', '{"loss":[0.5,0.4],"val_loss":[0.6,0.5]}', { kind: 'log' }],
  ['a history by line', '{"epoch":0,"loss":0.5}\n{"epoch":1,"loss":0.4}\n', { kind: 'log' }],
  ['a history as a list', '[{"epoch":0,"loss":0.5}]', { kind: 'log' }],
])('%s', (_, content, found) => expect(of(content)).toEqual(found));

it.each([
  ['an archive', zipSync({ 'outcome.json': strToU8('{}') }), /^is a zip archive; unpack it/],
  ['a workbook', zipSync({ '[Content_Types].xml': strToU8('x'), 'xl/a.xml': strToU8('y') }), /^is a workbook; save/],
  ['nothing', ' \n', /^is empty/],
  ['half an experiment', json(DEFAULT_EXPERIMENT).slice(0, 200), /^is cut or damaged JSON/],
])('%s is not opened, and why', (_, content, remedy) => {
  expect(of(content)).toEqual({ kind: 'other', remedy: expect.stringMatching(remedy) });
});

it('a text that is too long for a document is a history', () => {
  expect(of('{"loss":[0.5,', false)).toEqual({ kind: 'log' });
});

function experiment(document: object): Brought {
  return { kind: 'experiment', document: JSON.parse(JSON.stringify(document)) as Record<string, unknown> };
}
