/** @file The content security policy: the hash of an inline script, by the example of the specification. */
import { describe, expect, it } from 'vitest';
import { policyFor } from './content-security.js';

describe('the policy of a page', () => {
  it('allows its inline scripts by their hash', () => {
    // The example of CSP Level 2, section 4.2.5, with the hash that it gives there.
    const policy = policyFor(`<head><script>alert('Hello, world.');</script></head>`);
    expect(policy).toContain("'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
  });

  it('allows no other script inline, none from elsewhere and none made of text', () => {
    const policy = policyFor('<script type="module" src="./assets/index.js"></script>');
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
  });
});
