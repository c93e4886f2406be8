/** https://nodejs.org/api/errors.html#nodejs-error-codes, and those of the resolver and of fetch */
const WHY: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name was not found in DNS (is this machine on a network, and is the name right?)',
  EAI_AGAIN: 'DNS gave no answer (is this machine on a network?)',
  ECONNREFUSED: 'it refused the connection',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ETIMEDOUT: 'the connection was not answered in time',
  EHOSTUNREACH: 'there is no way to it from here',
  ENETUNREACH: 'this machine has no way to any network that it is in',
  UND_ERR_CONNECT_TIMEOUT: 'the connection was not answered in time',
  UND_ERR_SOCKET: 'the connection was closed before an answer came',
};
const OF_TLS = /CERT|TLS|SSL|SIGNATURE|EPROTO|ISSUER|ERR_SSL/;
const CAUSES_MAX = 5;

/** Why something at the other end of a network was not reached, as a clause; undefined for an error that is none of the network's. */
export const whyUnreached = (error: unknown): string | undefined => {
  let cause = error;
  for (let depth = 0; depth < CAUSES_MAX && cause instanceof Error; depth += 1) {
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
    const known = WHY[code];
    if (known !== undefined) return known;
    if (code === 'TimeoutError') return 'no answer came in time';
    if (OF_TLS.test(code)) return `TLS was not agreed on (${wordsOf(cause)})`;
    // Of several addresses, each has an error of its own.
    cause = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
  }
  return undefined;
};

/** What an error says, without its full stop. */
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).trim().replace(/\.$/, '');
