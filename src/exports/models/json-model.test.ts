/** @file The readers that come with a JSON model, and the page that holds one, predict what the network does. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  BASE_NETWORK,
  float32Tolerance,
  networkCases,
  randomNetwork,
  rawPrediction,
  worstDifference,
} from '../network.testing.ts';
import { htmlPageFile } from './html-page.ts';
import { jsonModelFile } from './json-model.ts';
import { readModel } from './readers/read-model.js';
import pythonReader from './readers/read_model.py?raw';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test('JavaScript: the numbers in the file predict what the network predicts', () => {
  fc.assert(
    fc.property(networkCases, (c) => {
      const { experiment, network, raw } = randomNetwork(c);
      const predict = readModel(JSON.parse(text(jsonModelFile({ experiment, network }).bytes)));
      const expected = raw.map((x) => rawPrediction(experiment, network, x));
      const said = raw.map((x) => predict(x).outputs);
      expect(worstDifference(said, expected)).toBeLessThanOrEqual(float32Tolerance(c, expected));
    }),
    { numRuns: 40 },
  );
});

test('Python says what JavaScript says, of an ensemble too', () => {
  const { experiment, network } = randomNetwork({
    ...{ ...BASE_NETWORK, hidden: [5, 4], activation: 'gelu', layerNorm: true, objective: 'softmax-cross-entropy' },
    ...{ features: 2, outputs: 3, mean: [1, 2], sd: [3, 4] },
  });
  const [first] = network.members;
  const members = [first!, { ...first!, replica: 4, weights: first!.weights.toReversed() }];
  const { bytes } = jsonModelFile({ experiment, network: { ...network, members } });
  const model = JSON.parse(text(bytes));
  const folder = mkdtempSync(path.join(tmpdir(), 'patience-'));
  writeFileSync(path.join(folder, 'read_model.py'), pythonReader);
  writeFileSync(path.join(folder, 'model.json'), bytes);
  const program =
    'import json; from read_model import read_model; m = json.load(open("model.json")); p = read_model(m); print(json.dumps([p(x) for x in m["check"]["inputs"]]))';
  const { stdout, stderr, status } = spawnSync('python3', ['-B', '-c', program], { cwd: folder, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(status, stderr).toBe(0);
  (JSON.parse(stdout) as [number[], number[]][]).forEach(([outputs, sd], i) => {
    const said = readModel(model)(model.check.inputs[i]);
    expect(worstDifference([outputs, sd], [said.outputs, said.sd!])).toBeLessThan(1e-12);
    expect(worstDifference([outputs, sd], [model.check.outputs[i], model.check.sd[i]])).toBeLessThan(1e-6);
  });
});

test('a page asks nothing of the net, and a name in it cannot end its element', () => {
  const { experiment, network } = randomNetwork(BASE_NETWORK);
  const inputs = ['</script><script>alert(1)</script>$&'];
  const html = text(htmlPageFile({ experiment, network: { ...network, inputs } }).bytes);
  expect(html.match(/<script/g)).toHaveLength(2);
  expect(html).not.toMatch(/(src|href)="(?!data:)/);
  expect(html).toContain("default-src 'none'");
  const json = /<script type="application\/json" id="model">([^<]*)<\/script>/.exec(html)![1]!;
  expect(JSON.parse(json)).toMatchObject({ inputs, patience: 'model' });
  expect(html).toContain('const readModel =');
});
