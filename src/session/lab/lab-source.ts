/** @file The one data source of the stopping lab, kept while other doors are open. */
import { lasting } from '../lasting.svelte.ts';
import { workshopSession } from '../workshop.ts';
import { DataSource } from './data-source.svelte.ts';

let source: DataSource | undefined;

export function labSource(): DataSource {
  return (source ??= lasting(() => new DataSource(workshopSession())));
}
