/** @file JSON, and what Python prints of a dictionary or a list. */
import type { Format } from './format.ts';
import { parseLiteral } from './literal.ts';
import { tablesOf } from './structure.ts';

/** `[0]	train-auc:0.68` of XGBoost and `[LightGBM] [Info]` begin with a bracket too, and so may the lines of a console. */
const OPENING =
  /^(?:\[\s*(?:[[{("'\]\-+.]|\d+(?:\.|e|,|\s*\])|(?:None|null|nan|NaN|inf|np|array|tensor)\b)|\{|\(\s*[[{(\d])/;
const CONSOLE = /^\[\d+\]\s+\S/;

export const JSON_DOCUMENT: Format = {
  name: 'JSON',
  read({ text }) {
    // `defaultdict(<class 'list'>, {…})` and `History({…})` wrap a dictionary.
    const wrapped = /^(?:defaultdict|OrderedDict|History|dict|array|tensor|DataFrame)\(/.test(text);
    if (!wrapped && (!OPENING.test(text) || CONSOLE.test(text))) return null;
    // One value a line is another format.
    if (/^[^\n]*[}\]]\s*\n\s*[[{]/.test(text)) return null;
    return tablesOf(parseLiteral(text), 'JSON');
  },
};
