/** @file The logs that the reader brought: read in a worker, looked at by the metric of their choice, kept until the tab closes. */
import type { Choices } from '../../logs/log.ts';
import type { LogData } from '../../logs/run-data.ts';
import type { Direction } from '../../stopping/rule.ts';
import type { ChosenFile, LogsCommand, LogsEvent } from '../../workers/logs.ts';
import { WorkerClient } from '../../engine/worker-client.ts';
import { browserClock, type PageServices } from '../page-services.ts';
import { startWorker } from '../start-worker.ts';

/** What was brought, as it can be kept and read again. */
export interface BroughtLogs {
  name: string;
  text: string;
  files: readonly ChosenFile[];
}

const openLogsWorker = () =>
  startWorker(
    () => new Worker(new URL('../../workers/logs-entry.ts', import.meta.url), { type: 'module', name: 'logs' }),
  );

export class Logs {
  /** What stands in the field. */
  text = $state('');
  #brought = $state.raw<BroughtLogs | null>(null);
  #log = $state.raw<LogData | null>(null);
  #choices = $state.raw<Choices>({});
  #reading = $state.raw<{ share: number; words: string } | null>(null);
  #trouble = $state('');
  #chosen = $state(0);
  readonly #client: WorkerClient<LogsCommand, LogsEvent, { read: 'read'; choose: 'chosen' }>;
  /** Counts what was asked: only the answer to the newest question counts. */
  #asked = 0;

  constructor(open: PageServices['openEngine'] = openLogsWorker, clock = browserClock) {
    this.#client = new WorkerClient({
      name: 'What reads the logs',
      open,
      clock,
      heard: ({ share, words }) => {
        if (this.#reading) this.#reading = { share, words };
      },
    });
  }

  /** Null while there is nothing to look at. */
  get log(): LogData | null {
    return this.#log;
  }

  /** What the log on screen was read from. */
  get brought(): BroughtLogs | null {
    return this.#brought;
  }

  /** What the source bar calls it. */
  get name(): string {
    return this.#brought?.name ?? '';
  }

  /** How far reading is; null when nothing is read. */
  get reading(): { share: number; words: string } | null {
    return this.#reading;
  }

  /** Why what was brought last could not be read: place, content and remedy; empty where it could. */
  get trouble(): string {
    return this.#trouble;
  }

  /** How what is watched improves: as its name or the reader says; null where it has to be asked for. */
  get direction(): Direction | null {
    return this.#log?.watched.direction ?? null;
  }

  /** Index of the run that the reader looks at. */
  get chosen(): number {
    return Math.min(this.#chosen, Math.max(0, (this.#log?.runs.length ?? 0) - 1));
  }

  choose(run: number): void {
    this.#chosen = run;
  }

  /** Goes round to another run. */
  step(by: number): void {
    const count = this.#log?.runs.length ?? 0;
    if (count > 0) this.#chosen = (this.chosen + by + count) % count;
  }

  /** Reads a pasted text. */
  readText(text: string, name = ''): Promise<boolean> {
    this.text = text;
    return this.bring({ name: name || 'Your runs', text, files: [] });
  }

  readFiles(files: readonly ChosenFile[]): Promise<boolean> {
    const [first] = files;
    if (!first) return Promise.resolve(false);
    const folder = first.path.includes('/') ? first.path.split('/')[0]! : '';
    const name = files.length === 1 ? first.file.name : folder || `${files.length} files`;
    return this.bring({ name, text: '', files });
  }

  /** Whether it could be read; if not, what was read before is as it was, and `trouble` says why. */
  async bring(brought: BroughtLogs): Promise<boolean> {
    const { text, files } = brought;
    const asked = ++this.#asked;
    this.#trouble = '';
    this.#reading = { share: 0, words: 'Reading' };
    try {
      const { log } = await this.#client.request({ type: 'read', text, files });
      if (asked !== this.#asked) return false;
      this.#brought = brought;
      this.#choices = {};
      this.#chosen = 0;
      this.#log = log;
      return true;
    } catch (error) {
      if (asked === this.#asked) this.#trouble = error instanceof Error ? error.message : String(error);
      return false;
    } finally {
      if (asked === this.#asked) this.#reading = null;
    }
  }

  /** Another metric to watch, with the direction and the judge that suit it. As `judge` and `improves`, rejects with the reason. */
  watch(watch: string): Promise<void> {
    return this.#look({ watch });
  }

  judge(judge: string): Promise<void> {
    return this.#look({ ...this.#choices, judge });
  }

  improves(direction: Direction): Promise<void> {
    return this.#look({ ...this.#choices, direction });
  }

  /** Gives up what is being read; what was read before stays. */
  giveUp(): void {
    this.#asked += 1;
    this.#reading = null;
    // The worker that holds the log on screen is needed while that is there.
    if (!this.#log) this.#client.stop('Reading was given up.');
  }

  /** Forgets everything. */
  clear(): void {
    this.#asked += 1;
    this.#client.stop('The logs were forgotten.');
    this.text = '';
    this.#brought = null;
    this.#log = null;
    this.#choices = {};
    this.#reading = null;
    this.#trouble = '';
    this.#chosen = 0;
  }

  dismiss(): void {
    this.#trouble = '';
  }

  async #look(choices: Choices): Promise<void> {
    const asked = ++this.#asked;
    const { log } = await this.#client.request({ type: 'choose', choices });
    if (asked !== this.#asked) return;
    this.#choices = choices;
    this.#log = log;
  }
}

/** The one of the page: it stays while other doors are open. */
export const logs = new Logs();
