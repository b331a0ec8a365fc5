/** @file Puts the run of a lesson into the workshop, with its experiment, tape and rule: nothing trains again. */
import { tapeToBulk } from '../../checkpoints/tape-columns.ts';
import { addressOf } from '../../session/address.ts';
import { learnDoor } from '../../session/learn/learn.svelte.ts';
import type { LessonSession } from '../../session/learn/lesson-session.svelte.ts';
import { loadPart } from '../../session/load-part.ts';
import { notices } from '../../session/notices.svelte.ts';

export const toWorkshop = (session: LessonSession): Promise<void> =>
  notices.attempt(async () => {
    const { workshopSession } = await loadPart(() => import('../../session/workshop.ts'));
    const { tape, on, experiment } = session.inHand;
    if (!tape || !on) throw new Error('The run is not trained yet: press Train first.');
    const state = await learnDoor().queue.stateOf(session.inHand);
    const { policy } = experiment.stopping;
    const { patience, minDelta, restore } = session.hand;
    const moved = session.lesson.try.hands.some(
      (hand) => hand === 'patience' || hand === 'minDelta' || hand === 'restore',
    );
    const inHand =
      moved && 'rule' in policy && policy.rule === 'keras'
        ? { ...policy, patience, min_delta: minDelta, restore_best_weights: restore }
        : policy;
    const kept = {
      experiment: { ...experiment, stopping: { policy: inHand } },
      table: null,
      tape: tapeToBulk(tape),
      state,
      device: on,
    };
    await workshopSession().putBack(Promise.resolve(kept));
    location.hash = addressOf({ door: 'workshop', path: [], query: '' });
  });
