/** @file Installs packages of Debian where that may be done: on Debian, as root. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

export const isRoot = process.getuid?.() === 0;

/** Does nothing where it may not; whether the programs are there now is for the caller to see. @param {string[]} packages */
export function installOnDebian(...packages) {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  if (!isRoot || !/^ID=debian$/m.test(release)) return;
  console.error(`Installing the Debian packages ${packages.join(', ')}`);
  const options = {
    stdio: /** @type {const} */ ('inherit'),
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update'], options);
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options);
}
