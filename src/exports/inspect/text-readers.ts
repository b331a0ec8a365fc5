/** @file Reads the model files that are text: JSON, the page around it, and the C header. */
import { FileError, MAX_NUMBERS, type FileTensor } from './file-error.ts';
import { listOf, numberListOf, objectOf, safeJson, type Json, type JsonObject } from './safe-json.ts';

/** A tensor from numbers in a text. Throws a `FileError` unless they fill the shape and are finite. */
function textTensor(name: string, shape: number[], values: number[]): FileTensor {
  const count = shape.reduce((product, n) => product * n, 1);
  if (values.length !== count || count > MAX_NUMBERS)
    throw new FileError(`${name}: has ${values.length} numbers, its shape [${shape.join(', ')}] has ${count}`);
  const broken = values.findIndex((value) => !Number.isFinite(value));
  if (broken !== -1) throw new FileError(`${name}: number ${broken} is not finite, weights must be`);
  return { name, type: 'float32', shape, values };
}

/** Layers of every member of a JSON model. */
export function jsonTensors(model: JsonObject): FileTensor[] {
  return listOf(model.members, 'members').flatMap((member, m) =>
    listOf(member, `members[${m}]`).flatMap((value, l) => {
      const where = `members[${m}][${l}]`;
      const layer = objectOf(value, where);
      const rows = listOf(layer.kernel, `${where}.kernel`).map((row) => numberListOf(row, `${where}.kernel`));
      const bias = numberListOf(layer.bias, `${where}.bias`);
      const vector = (name: string, of: Json | undefined) =>
        of === null ? [] : [textTensor(`${where}.${name}`, [bias.length], numberListOf(of, `${where}.${name}`))];
      return [
        textTensor(`${where}.kernel`, [rows.length, bias.length], rows.flat()),
        ...vector('bias', layer.bias),
        ...vector('gains', layer.gains),
        ...vector('shifts', layer.shifts),
      ];
    }),
  );
}

/** The JSON model within a page. */
export function modelInPage(html: string): JsonObject {
  const json = /<script type="application\/json" id="model">([^<]*)<\/script>/.exec(html)?.[1];
  if (json === undefined || !html.trimEnd().endsWith('</html>'))
    throw new FileError('page: holds no model of Patience, or is cut off');
  return objectOf(safeJson(json, 'model in the page'), 'model in the page');
}

/** The arrays of a C header, and the JSON in its first comment. */
export function readCHeader(text: string): { tensors: FileTensor[]; about: Json } {
  const json = /^ \* (\{.*\})$/m.exec(text.slice(0, text.indexOf('*/')))?.[1];
  if (json === undefined) throw new FileError('C header: its first comment does not say what it holds');
  if (!/^#endif\s*$/.test(text.trimEnd().split('\n').at(-1)!)) throw new FileError('C header: is cut off');
  const arrays = text.matchAll(/^static const (?:float|signed char) (\w+)\[([\d *]+)\] = \{([^}]*)\};$/gm);
  const tensors = [...arrays].map(([, name, shape, numbers]) =>
    textTensor(
      name!,
      shape!.split('*').map(Number),
      numbers!.split(',').map((number) => Number(number.trim().replace(/f$/, ''))),
    ),
  );
  return { tensors, about: safeJson(json, 'C header') };
}
