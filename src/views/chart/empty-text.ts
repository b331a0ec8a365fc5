/** @file The text of a chart before anything was trained: what to press, and what will appear. */
import { taskOf, type Experiment } from '../../engine/experiment/experiment.ts';

export function invitation(experiment: Experiment): string {
  const { replicas, data } = experiment;
  const networks = replicas.count === 1 ? '1 network learns' : `${replicas.count} networks learn`;
  const what =
    data.own !== null ? 'your data' : taskOf(experiment) === 'regression' ? 'the same curve' : 'the same boundary';
  const each = replicas.count === 1 ? '' : ' each';
  return `Press Train. ${networks} ${what} from ${data.trainSize} noisy points${each}; then move the patience and see what it would have done.`;
}
