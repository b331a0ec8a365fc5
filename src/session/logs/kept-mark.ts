/** @file Says, without asking the storage, whether logs are kept in this browser. */
export const KEPT_MARK = 'patience-logs-kept';
