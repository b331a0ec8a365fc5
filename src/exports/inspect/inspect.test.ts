/** @file Every file that Patience writes is told for what it is; files from strangers are refused in words, never by a crash. */
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { MODEL_FORMAT_IDS, MODEL_FORMATS, modelFile, type ModelFormatId } from '../models/formats.ts';
import { AS_TRAINED, type ModelMaterial } from '../models/model.ts';
import { BASE_NETWORK, randomNetwork, type NetworkCase } from '../network.testing.ts';
import { FileError } from './file-error.ts';
import { inspect } from './inspect.ts';
import { safeJson } from './safe-json.ts';
import { readZip } from './zip-reader.ts';

const CASE: NetworkCase = {
  ...{ ...BASE_NETWORK, hidden: [5, 4], layerNorm: true, features: 3, outputs: 3, objective: 'softmax-cross-entropy' },
  ...{ mean: [1, 2, 3], sd: [3, 4, 5] },
};
const PARAMETERS = 3 * 5 + 3 * 5 + (5 * 4 + 3 * 4) + (4 * 3 + 3);

async function bytesOf(id: ModelFormatId, material: ModelMaterial = randomNetwork(CASE), options = AS_TRAINED) {
  return (await modelFile(id, material, options)).bytes;
}

/** Says what it found, or what it refused; whatever else is thrown fails the test. */
function verdict(bytes: Uint8Array): string {
  try {
    return inspect(bytes).format;
  } catch (error) {
    if (error instanceof FileError) return `refused: ${error.message}`;
    throw error;
  }
}

test.each(MODEL_FORMAT_IDS)('%s: what it is, what it holds, where it comes from', async (id) => {
  const material = randomNetwork(CASE);
  const { about, arrays } = inspect(await bytesOf(id, material));
  expect(about).toMatchObject({
    ...{ replicas: [3], epochs: [41], seed: material.experiment.seed, experiment: material.experiment },
    rule: expect.stringMatching(/^Keras 3/),
    classes: ['class 0', 'class 1', 'class 2'],
  });
  expect(about!.check.outputs).toHaveLength(8);
  const size = ({ shape }: { shape: number[] }) => shape.reduce((product, n) => product * n, 1);
  expect(arrays.reduce((sum, array) => sum + size(array), 0)).toBeGreaterThanOrEqual(PARAMETERS);
});

test('every precision and an ensemble are told with the right number of weights', async () => {
  const material = randomNetwork(CASE);
  const [first] = material.network.members;
  const two = { ...material.network, members: [first!, { ...first!, replica: 4 }] };
  for (const id of MODEL_FORMAT_IDS) {
    const { precisions, ensemble } = MODEL_FORMATS[id];
    for (const precision of precisions) {
      expect(inspect(await bytesOf(id, material, { precision, sparsity: 0.5 })).about).toMatchObject({ precision });
      if (!ensemble) continue;
      const several = await bytesOf(id, { ...material, network: two }, { precision, sparsity: 0 });
      expect(inspect(several).about!.replicas).toEqual([3, 4]);
    }
  }
});

test.each(MODEL_FORMAT_IDS)('%s cut off anywhere is refused', async (id) => {
  const bytes = await bytesOf(id);
  for (let i = 0; i < 60; i++)
    expect(verdict(bytes.slice(0, Math.floor((i * bytes.length) / 60)))).toMatch(/^refused: /);
});

test.each(MODEL_FORMAT_IDS)('%s with damaged bytes is refused or read, and nothing else happens', async (id) => {
  const bytes = await bytesOf(id);
  const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(damage, (changes) => {
      const damaged = bytes.slice();
      for (const [at, value] of changes) damaged[at] = value;
      expect(verdict(damaged)).not.toBe('');
    }),
    { numRuns: 150 },
  );
});

test('any bytes at all are refused in words', () => {
  const starts = [
    '',
    'PK\x03\x04',
    '\x89HDF\r\n\x1a\n',
    '{',
    '/*',
    '<!doctype html>',
    '\x08\x08\x12\x08',
    '\x20\0\0\0\0\0\0\0{',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), (start, rest) => {
      expect(verdict(Uint8Array.from([...strToU8(start, true), ...rest]))).toMatch(/^refused: /);
    }),
  );
});

const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);
const changed = async (id: ModelFormatId, from: string | RegExp, to: string) =>
  verdict(strToU8(text(await bytesOf(id)).replace(from, to)));

test('what contradicts itself, or means something else to JavaScript, is refused by its name', async () => {
  expect(await changed('json', '"seed"', '"__proto__":{"polluted":1},"seed"')).toMatch(/the key "__proto__"/);
  expect(await changed('json', '"bias":[', '"bias":[1e999,')).toMatch(/^refused: .*(bias|kernel)/);
  expect(await changed('json', '"version":1', '"version":2')).toMatch(/2 is newer than 1/);
  expect(await changed('json', /"units":\d+/, '')).toBe('model as JSON');
  expect(await changed('json', '"hidden":[5,4]', '"hidden":[5,5]')).toMatch(/it is mixed up/);
  expect(await changed('json', '"epochs":[41]', '"epochs":[41,42]')).toMatch(/epochs: must be one for each of 1/);
  expect(await changed('c', '_0_bias[1 * 5]', '_0_bias[1 * 500000000]')).toMatch(/has 5 numbers, its shape/);
  expect(await changed('c', '_1_bias[', '_1_other[')).toMatch(/it is mixed up/);
  expect(verdict(strToU8('['.repeat(1e5) + ']'.repeat(1e5)))).toMatch(/^refused/);
  expect(() => safeJson(`{"a":${'['.repeat(100)}${']'.repeat(100)}}`, 'here')).toThrow('here: is nested deeper');
});

test('weights that are not finite are refused by their name', async () => {
  const safetensors = await bytesOf('safetensors');
  new DataView(safetensors.buffer).setFloat32(
    8 + Number(new DataView(safetensors.buffer).getBigUint64(0, true)),
    NaN,
    true,
  );
  expect(verdict(safetensors)).toMatch(/refused: 0\.weight.*number 0 is NaN, weights must be finite/);
});

test('a safetensors header that claims more than there is, gaps or overlaps', async () => {
  const bytes = await bytesOf('safetensors');
  const view = new DataView(bytes.buffer);
  const length = view.getBigUint64(0, true);
  view.setBigUint64(0, 10_000_000_000n, true);
  expect(verdict(bytes)).toMatch(/^refused/);
  view.setBigUint64(0, length, true);
  const header = text(bytes.slice(8, 8 + Number(length)));
  const renamed = (from: string, to: string) => {
    const other = bytes.slice();
    other.set(strToU8(header.replace(from, to).padEnd(header.length).slice(0, header.length)), 8);
    return verdict(other);
  };
  expect(renamed('"data_offsets":[0,', '"data_offsets":[4,')).toMatch(/must begin at 0/);
  expect(renamed('"shape":[5,3]', '"shape":[5,2]')).toMatch(/needs 40 bytes, but has 60/);
});

test('a zip that claims 10 GB, leads out of its folder, has a name twice or another checksum', async () => {
  const bomb = zipSync({ 'model.json': strToU8('{}'), 'weights.bin': new Uint8Array(8) });
  const at = text(bomb).indexOf('PK\x01\x02');
  const view = (bytes: Uint8Array) => new DataView(bytes.buffer);
  const claims = bomb.slice();
  const central = [...claims.keys()].find(
    (i) => view(claims).getUint32(Math.min(i, claims.length - 4), true) === 0x02014b50,
  )!;
  expect(at).toBeGreaterThan(0);
  view(claims).setUint32(central + 24, 0xfffffff0, true);
  expect(verdict(claims)).toMatch(/claims 4294967280 bytes/);
  // 200 kB of zeros in 200 bytes, said to be 100.
  const dense = zipSync({ 'model.json': new Uint8Array(200_000) });
  const list = [...dense.keys()].find((i) => i + 4 <= dense.length && view(dense).getUint32(i, true) === 0x02014b50)!;
  view(dense).setUint32(list + 24, 100, true);
  expect(verdict(dense)).toMatch(/claims 100 bytes and has more|cannot be unpacked/);
  expect(verdict(zipSync({ '../../model.json': strToU8('{}') }))).toMatch(/leads out of its folder/);
  expect(verdict(zipSync({ 'a.txt': strToU8('hello') }))).toMatch(/holds a.txt, which is no file/);
  const damaged = zipSync({ 'a.txt': strToU8('hello') }, { level: 0 });
  damaged[text(damaged).indexOf('hello')] = 0x48;
  expect(verdict(damaged)).toMatch(/its checksum is another/);
  expect(readZip(zipSync({ a: strToU8('x'.repeat(1000)) })).get('a')).toHaveLength(1000);
});

test('a .keras whose HDF5 holds itself, or points beyond its end', async () => {
  const files = unzipSync(await bytesOf('keras'));
  const h5 = files['model.weights.h5']!;
  const packed = (weights: Uint8Array) => zipSync({ ...files, 'model.weights.h5': weights }, { level: 0 });
  const root = Number(new DataView(h5.buffer, h5.byteOffset).getBigUint64(64, true));
  const again = h5.slice();
  const view = new DataView(again.buffer);
  // The first child of the root becomes the root.
  const leaf = [...again.keys()].findLast((i) => i + 4 < again.length && view.getUint32(i, true) === 0x444f4e53)!;
  view.setBigUint64(leaf + 16, BigInt(root), true);
  expect(verdict(packed(again))).toMatch(/holds itself/);
  view.setBigUint64(leaf + 16, 1n << 60n, true);
  expect(verdict(packed(again))).toMatch(/points to byte/);
});
