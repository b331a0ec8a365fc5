/** @file After a deletion: the notice that offers to undo it, until that has worked. */
import type { CheckpointList } from '../../session/checkpoint-list.svelte.ts';
import { notices } from '../../session/notices.svelte.ts';

export function offerUndo(checkpoints: CheckpointList, said: string): void {
  if (!checkpoints.undoable) return;
  const undo = async () => {
    if (!(await checkpoints.undo())) offerUndo(checkpoints, `It could not be brought back. ${checkpoints.trouble}`);
  };
  notices.say(said, { label: 'Undo', run: () => void undo() });
}
