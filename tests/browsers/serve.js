/** @file Serves the build from a sub-path, as any static host may, and hears whatever a page of it complains about. */
import { readFileSync } from 'node:fs';
import { preview } from 'vite';

const BASE = '/any/folder/';
const EAR = '/complaints';

/** Runs in the page, before anything else of it. @param {string} ear */
function listen(ear) {
  const tell = (/** @type {unknown} */ what) => navigator.sendBeacon(ear, String(what));
  addEventListener(
    'error',
    (event) => {
      // Not an error: sizes that follow from sizes are delivered with the next frame.
      if (event.message?.startsWith('ResizeObserver loop')) return;
      tell(event.message || `could not load ${/** @type {any} */ (event.target).src}`);
    },
    true,
  );
  addEventListener('unhandledrejection', ({ reason }) => tell(reason?.stack ? `${reason}\n${reason.stack}` : reason));
  const { error } = console;
  console.error = (...what) => {
    tell(what.join(' '));
    error(...what);
  };
  window.Worker = class extends Worker {
    /** @param {ConstructorParameters<typeof Worker>} args */
    constructor(...args) {
      super(...args);
      this.addEventListener('error', ({ message }) => tell(`a worker failed: ${message}`));
    }
  };
}

/** @typedef {{ url: string, complaints: string[], close: () => Promise<void> }} Served `complaints` grows */

/** @returns {Promise<Served>} */
export async function serve() {
  /** @type {string[]} */
  const complaints = [];
  const ear = {
    name: 'complaints',
    configurePreviewServer(/** @type {import('vite').PreviewServer} */ { middlewares }) {
      middlewares.use((request, response, next) => {
        if (request.url === EAR) {
          let said = '';
          request.on('data', (data) => (said += data)).on('end', () => complaints.push(said));
          return void response.writeHead(204).end();
        }
        if (request.url === BASE) {
          const page = readFileSync('dist/index.html', 'utf8');
          const first = `<head><script>(${String(listen)})(${JSON.stringify(EAR)})</script>`;
          return void response.setHeader('content-type', 'text/html').end(page.replace('<head>', first));
        }
        response.on('finish', () => {
          if (response.statusCode >= 400) complaints.push(`${response.statusCode} ${request.url}`);
        });
        next();
      });
    },
  };
  const server = await preview({
    base: BASE,
    preview: { host: '127.0.0.1', port: 0 },
    // A file that is missing is not the page.
    appType: 'mpa',
    plugins: [ear],
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.httpServer.address());
  return { url: `http://127.0.0.1:${port}${BASE}`, complaints, close: () => server.close() };
}
