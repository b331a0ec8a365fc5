/**
 * @file The rules that are at hand: that of Keras, with which a page begins; all others once they are asked for. A page knows
 * at first only what is said of that one: what it does comes with what reads tapes.
 */
import { isTree } from '../../engine/experiment/tree.ts';
import type { Descriptions, Rules } from '../policy.ts';
import { KERAS_DESCRIPTION } from './keras-description.ts';

/** What needs no loading. */
export const AT_HAND: Descriptions = { keras: KERAS_DESCRIPTION };

/** Every rule that there is. */
export const allRules = (): Promise<Rules> => import('./index.ts').then(({ RULES }) => RULES);

/** Whether a policy, parsed or not, names none but these rules. */
export function namesOnly(policy: unknown, rules: Descriptions): boolean {
  // Each once: a stored one may hold another twice, or itself.
  const seen = new Set<unknown>([policy]);
  for (const one of seen) {
    if (!isTree(one)) return false;
    if (typeof one.rule === 'string') {
      if (!Object.hasOwn(rules, one.rule)) return false;
      continue;
    }
    const members = one.any ?? one.all;
    if (!Array.isArray(members)) return false;
    for (const member of members) seen.add(member);
  }
  return true;
}

/** Descriptions of all rules that a policy names, if there are such. */
export const descriptionsFor = async (policy: unknown): Promise<Descriptions> =>
  namesOnly(policy, AT_HAND) ? AT_HAND : allRules();

/** Rules that know all that a policy names, if any do. */
export const rulesFor = async (policy: unknown): Promise<Rules> =>
  namesOnly(policy, AT_HAND) ? (await import('./keras.ts')).KERAS_ALONE : allRules();
