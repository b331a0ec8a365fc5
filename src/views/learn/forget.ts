/** @file Forgets what the browser remembers of the lessons, once the reader has said so twice. */
import { learnDoor } from '../../session/learn/learn.svelte.ts';
import { forgetEverything } from '../../session/learn/progress.ts';
import { notices } from '../../session/notices.svelte.ts';

export function forget(): void {
  notices.say('Forget the progress, the guesses, the own draws and the theme in this browser?', {
    label: 'Forget',
    run() {
      learnDoor().close();
      forgetEverything();
      location.hash = '#/learn';
      location.reload();
    },
  });
}
