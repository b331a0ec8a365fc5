/** @file Says how the found rule compares with Keras on the held-out replicas. */
import type { Policy } from '../../engine/experiment/experiment.ts';
import { differing } from '../../stopping/candidates.ts';
import type { Rival, ComparisonResult } from '../../evaluation/find-rule.ts';

const LIST = new Intl.ListFormat('en-GB');

/**
 * One sentence; rivals are those of Keras, told apart by their patience. `page` is the rule of the page: in what else they
 * differ from it is said too.
 */
export function comparisonInWords(rivals: readonly Rival[], heldOut: number, page: Policy): string {
  const others = rivals[0] ? differing(rivals[0].policy, page) : [];
  const beside = others.length > 0 ? ` (${others.join(', ')})` : '';
  const those = (result: ComparisonResult, words: (names: string) => string) => {
    const patiences = rivals.flatMap((rival) => (rival.result === result ? String(rival.policy.patience) : []));
    return patiences.length === 0 ? [] : [words(`Keras with patience ${LIST.format(patiences)}${beside}`)];
  };
  const clauses = [
    ...those('behind', (names) => `it is significantly better than ${names}`),
    ...those('ahead', (names) => `it is significantly worse than ${names}: it only looked best where it was chosen`),
    ...those(
      'level',
      (names) => `its difference to ${names} is not significant: ${heldOut} replicas cannot tell them apart`,
    ),
    ...those('same', (names) => `${names} gives exactly the same result`),
    ...those('unknown', (names) => `too few replicas stayed finite to compare it with ${names}`),
  ];
  return `On the ${heldOut} held-out replicas ${clauses.join('; ')}.`;
}
