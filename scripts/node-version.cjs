/* @file Says in one line that this Node is too old; written in the JavaScript that every Node understands. */
var parts = process.versions.node.split('.').map(Number);
if (parts[0] < 20 || (parts[0] === 20 && parts[1] < 19)) {
  console.error(
    'Patience needs Node 20.19 or later; this is ' + process.versions.node + '. Get one at https://nodejs.org',
  );
  process.exit(1);
}
