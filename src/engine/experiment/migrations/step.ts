/** @file What a step from one version of the experiment document to the next is. */
import type { Tree } from '../tree.ts';

export interface MigrationStep {
  /** The version it starts from; it leads to the next one. The version itself is written by `migrated`. */
  from: number;
  /**
   * The document as it is written in the next version. Pure. Branches may be missing or wrong: they are left alone, for
   * `parse` to name.
   */
  migrate(document: Tree): Tree;
  /** The defaults of this version, from those of the next: what its links and partial documents are laid over. */
  defaults(next: Tree): Tree;
}
