/** @file Gathers what the exports of the logs' door are made of. */
import { textFile, type ExportFile } from '../../exports/files.ts';
import { logReport } from '../../exports/logs/report.ts';
import { runsTable, type RunRow } from '../../exports/logs/runs-table.ts';
import { differenceOf } from '../../evaluation/run-outcomes.ts';
import type { LogData } from '../../logs/run-data.ts';
import { writerOfLog } from '../../logs/written-by.ts';
import type { LogRule } from '../../session/logs/log-rule.svelte.ts';
import type { LogView } from '../../session/logs/log-view.svelte.ts';
import { CODE_LIBRARIES, plainCode, ruleCode, type Library } from '../../stopping/code.ts';
import { fewInWords, otherInWords, stopsInWords } from '../../words/log-verdict.ts';
import { unmarked } from '../../words/marked.ts';
import { withLogNames } from './log-code.ts';
import { otherRulesOf } from './other-rules.ts';

interface Exported {
  log: LogData;
  desk: LogRule;
  view: LogView;
  name: string;
}

function rowsOf({ log, desk, view }: Exported): RunRow[] {
  const { outcomes, bests } = desk;
  if (!outcomes) throw new Error('rule: it cannot be replayed on these runs; choose another');
  return log.runs.map((run, r) => {
    const { stop, fired, restored } = outcomes.replays[r]!;
    const saved = view.savedAfter(run, stop);
    return {
      run: run.name,
      evaluations: run.watched.values.length,
      bestAt: bests[r] === -1 ? null : bests[r]! + 1,
      stopsAt: fired ? stop + 1 : null,
      keeps: restored + 1,
      valueKept: view.valueOf(outcomes.kept[r]!),
      againstBest: outcomes.above[r]!,
      secondsSaved: Number.isNaN(saved) ? null : saved,
    };
  });
}

export const runsTableOf = (exported: Exported): ExportFile => runsTable(rowsOf(exported));

function libraryCode({ log, desk }: Exported): { library: Library; text: string } | null {
  const { policy } = desk;
  if (!policy) return null;
  const library: Library = writerOfLog(log) ?? 'keras';
  const code = withLogNames(ruleCode(library, policy), log, library);
  return code.parts.length === 0 ? null : { library, text: plainCode(code) };
}

export function codeOf(exported: Exported): ExportFile {
  const code = libraryCode(exported);
  if (!code) throw new Error('code: the library has nothing like this rule; choose another under the rule');
  const suffix = code.library === 'tfjs' ? 'js' : 'py';
  return textFile(`patience-rule.${suffix}`, 'text/plain', code.text);
}

export function reportOf(exported: Exported): string {
  const { log, desk, view, name } = exported;
  const { policy, outcomes, summary } = desk;
  if (!policy || !outcomes || !summary) throw new Error('rule: it cannot be replayed on these runs; choose another');
  const runs = log.runs.length;
  const [other] = runs > 1 ? otherRulesOf(desk) : [];
  const code = libraryCode(exported);
  const sentences = [
    runs > 1 ? stopsInWords(desk.nameOf(policy, view.one), summary, view.metric, view.one) : '',
    other
      ? otherInWords(
          desk.nameOf(other.policy, view.one),
          differenceOf(other.outcomes, outcomes),
          runs,
          view.metric,
          view.one,
        )
      : '',
    fewInWords(runs),
    log.judged.warning,
  ];
  return logReport({
    name,
    size: view.sizeInWords(log),
    metric: `${log.watched.name}, ${log.watched.direction === 'max' ? 'more' : 'less'} is better`,
    rule: desk.longNameOf(policy),
    verdict: sentences.filter((sentence) => sentence !== '').map(unmarked),
    rows: rowsOf(exported),
    one: view.one,
    code: code && {
      library: CODE_LIBRARIES[code.library],
      language: code.library === 'tfjs' ? 'js' : 'python',
      text: code.text,
    },
    notes: log.notes,
  });
}

/** What a file has to say itself, for it has no style sheet. */
const STYLES = [
  ...['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'paint-order', 'opacity'],
  ...['font-family', 'font-size', 'font-weight', 'font-variant-numeric', 'text-anchor'],
];

/** The drawing of a section: its marks as they are, its curves as a picture in the resolution of the screen. */
export async function figureSvg(section: string, name: string): Promise<ExportFile> {
  const plot = document.querySelector(`#${section} .plot`);
  const svg = plot?.querySelector('svg');
  if (!plot || !svg) throw new Error('figure: there is none to take away; read some runs first');
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [originals, copies] = [svg.querySelectorAll('*'), copy.querySelectorAll('*')];
  originals.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const key of STYLES) (copies[i] as SVGElement).style.setProperty(key, style.getPropertyValue(key));
  });
  const { width, height } = svg.getBoundingClientRect();
  const paper = getComputedStyle(document.documentElement).getPropertyValue('--paper');
  const behind = [`<rect width="${width}" height="${height}" fill="${paper}"/>`];
  for (const canvas of plot.querySelectorAll('canvas'))
    behind.push(`<image width="${width}" height="${height}" href="${canvas.toDataURL('image/png')}"/>`);
  copy.insertAdjacentHTML('afterbegin', behind.join(''));
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const file = `patience-${name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40)}-${section}.svg`;
  return Promise.resolve(textFile(file, 'image/svg+xml', new XMLSerializer().serializeToString(copy)));
}
