/** @file Finds names that several files export, so that a reader who searches for a name finds one thing. */
import ts from 'typescript';

/**
 * @param {string} text source code of a TypeScript module
 * @returns {string[]} the names that it declares and exports
 */
export function exportedNames(text) {
  const { statements } = ts.createSourceFile('module.ts', text, ts.ScriptTarget.Latest);
  return statements.filter(isExported).flatMap((statement) => {
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
    return 'name' in statement && statement.name ? namesIn(/** @type {ts.BindingName} */ (statement.name)) : [];
  });
}

/**
 * @param {Iterable<readonly [file: string, text: string]>} modules
 * @returns {Map<string, string[]>} each name that more than one file exports, with those files
 */
export function sharedNames(modules) {
  /** @type {Map<string, string[]>} */
  const files = new Map();
  for (const [file, text] of modules) {
    // A function has a declaration for each of its signatures.
    for (const name of new Set(exportedNames(text))) files.set(name, [...(files.get(name) ?? []), file]);
  }
  return new Map([...files].filter(([, where]) => where.length > 1));
}

/** @param {ts.Statement} statement */
function isExported(statement) {
  return (
    ts.canHaveModifiers(statement) &&
    !!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

/**
 * @param {ts.BindingName} name
 * @returns {string[]}
 */
function namesIn(name) {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesIn(element.name)));
}
