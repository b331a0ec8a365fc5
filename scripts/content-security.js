/**
 * @file The content security policy of the built page: a meta element, which works on every host, and the header files
 * of the usual static hosts, which cover the workers too.
 */
import { createHash } from 'node:crypto';

/** The policy that Svelte makes for its own templates, and ours for the addresses of workers (`worker-addresses.ts`). */
const TRUSTED_TYPES = ['svelte-trusted-html', 'default'];

/**
 * @param {string} html a page with its inline scripts
 * @returns {string} the policy under which it runs
 */
export function policyFor(html) {
  const hashes = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  return [
    "default-src 'self'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...hashes].join(' '),
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${TRUSTED_TYPES.join(' ')}`,
  ].join('; ');
}

/** @returns {import('vite').Plugin} */
export function contentSecurity() {
  let policy = '';
  return {
    name: 'content-security',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        policy = policyFor(html);
        // Before everything that it is to hold for.
        return html.replace(
          /<meta charset="[^"]*"\s*\/?>/,
          (charset) => `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
        );
      },
    },
    writeBundle: {
      order: 'post',
      async handler({ dir }) {
        if (policy === '' || dir === undefined) return;
        const { writeFile } = await import('node:fs/promises');
        const rules = { 'Content-Security-Policy': policy, 'X-Content-Type-Options': 'nosniff' };
        const lines = Object.entries(rules);
        await Promise.all([
          // Netlify and Cloudflare Pages.
          writeFile(`${dir}/_headers`, `/*\n${lines.map(([name, value]) => `  ${name}: ${value}\n`).join('')}`),
          // Apache.
          writeFile(
            `${dir}/.htaccess`,
            `<IfModule mod_headers.c>\n${lines.map(([name, value]) => `  Header set ${name} "${value}"\n`).join('')}</IfModule>\n`,
          ),
        ]);
      },
    },
  };
}
