/** @file The browser's small storage, where a page may use it: where it may not, what is chosen lasts as long as the page. */

export function localStore(): Storage | null {
  try {
    return localStorage;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'SecurityError') return null;
    throw error;
  }
}
