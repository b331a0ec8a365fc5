/** @file Opens what a reader brings: experiments, policies and links here, tables in their dialog, histories behind their door. */
import { withDefaults } from '../engine/experiment/defaults.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import type { Parsed, Problem } from '../engine/experiment/schema.ts';
import { withPolicy } from '../stopping/experiment-policy.ts';
import { parsePolicy, refusalInWords } from '../stopping/policy.ts';
import { shortName } from '../stopping/policy-words.ts';
import { RULES } from '../stopping/rules/index.ts';
import type { CsvDialogState } from './csv-import.svelte.ts';
import type { notices } from './notices.svelte.ts';
import type { Session } from './session.svelte.ts';
import { toldApart } from './told-apart.ts';

/** No document of the page is longer; a longer text is a table or a history. */
const MOST_BYTES = 2 ** 22;

/** Who takes what does not belong to the session. */
export interface Takers {
  csvDialog: CsvDialogState;
  notices: typeof notices;
  toLogs: (text: string) => void;
}

/** Rejects with every wrong field, and changes nothing, where it cannot be opened; see `Takers`. */
export async function openBrought(
  session: Session,
  brought: File | string,
  { csvDialog, notices, toLogs }: Takers,
): Promise<void> {
  const file = typeof brought === 'string' ? new File([brought], 'pasted.csv', { type: 'text/plain' }) : brought;
  const name = typeof brought === 'string' ? 'What was pasted' : `“${file.name}”`;
  const bytes = new Uint8Array(await file.slice(0, MOST_BYTES).arrayBuffer());
  const found = toldApart(bytes, file.size <= MOST_BYTES);
  switch (found.kind) {
    case 'experiment':
      return takeExperiment(session, name, withDefaults(found.document), notices);
    case 'link':
      location.hash = found.hash;
      return;
    case 'policy': {
      const parsed = parsePolicy(found.document, RULES, 'policy');
      if (!parsed.ok) throw refused(name, 'policy', parsed.problems);
      const before = session.settings.experiment.stopping.policy;
      await session.replays.rule.take(parsed.policy);
      notices.say(`${name} was opened: ${shortName(parsed.policy, RULES)} decides.`, {
        label: 'Undo',
        run: () => void session.replays.rule.take(before),
      });
      return;
    }
    case 'table':
      return csvDialog.give(file);
    case 'log': {
      const text = await file.text();
      return notices.say(`${name} looks like the metric history of a training job.`, {
        label: 'Open it in Your logs',
        run: () => toLogs(text),
      });
    }
    case 'other':
      throw new Error(`${name} ${found.remedy}.`);
    default:
      found satisfies never;
  }
}

function takeExperiment({ settings }: Session, name: string, read: Parsed, notices: Takers['notices']): void {
  const parsed = read.ok ? withPolicy(read.experiment, RULES) : read;
  if (!parsed.ok) throw refused(name, 'experiment', parsed.problems);
  const before: [Experiment, typeof settings.own] = [settings.experiment, settings.own];
  settings.replace(parsed.experiment, null);
  const { own } = parsed.experiment.data;
  const rows = own ? ` Its rows are not in it: open ${own.name} too.` : '';
  notices.say(`${name} was opened: press Train to train its networks.${rows}`, {
    label: 'Undo',
    run: () => settings.replace(...before),
  });
}

function refused(name: string, what: string, problems: readonly Problem[]): Error {
  return new Error(`${name} is not a valid ${what}. ${problems.map(refusalInWords).join(' ')}`);
}
