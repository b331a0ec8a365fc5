/** @file Networks as one page that needs nothing else: it opens offline and predicts what is typed into it. */
import { fileName, textFile, type ExportFile } from '../files.ts';
import { membersName } from '../network.ts';
import { sentenceOf } from './about.ts';
import { modelOf } from './build-model.ts';
import { jsonModel } from './json-model.ts';
import { AS_TRAINED, type ModelMaterial } from './model.ts';
import page from './readers/page.html?raw';
import reader from './readers/read-model.js?raw';

export function htmlPageFile(material: ModelMaterial, options = AS_TRAINED): ExportFile {
  const model = modelOf(material, options);
  const { scale: inputScale } = material.network.standardisation;
  const content = { ...jsonModel(model), about: sentenceOf(model.about), inputScale };
  // What could end the element is written as JSON has it for any character.
  const json = JSON.stringify(content).replaceAll('<', '\\u003c');
  const html = page
    .replace('{{model}}', () => json)
    .replace('// Here comes read-model.js.', () => reader.replace('export const', 'const'));
  return textFile(fileName(material.experiment, `${membersName(material.network)}.html`), 'text/html', html);
}
