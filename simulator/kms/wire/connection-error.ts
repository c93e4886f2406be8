/** Why a connection is of no use: it broke, nobody listened, the host has no address, or its certificate is not to be trusted. */
export type ConnectionTrouble = 'reset' | 'refused' | 'unresolved' | 'untrusted';

interface NodeWords {
  /** Node's code, which is what everybody tells such errors apart by. */
  readonly code: string;
  readonly message: (host: string) => string;
}

const NODE_WORDS: Readonly<Record<ConnectionTrouble, NodeWords>> = {
  reset: { code: 'ECONNRESET', message: () => 'read ECONNRESET' },
  refused: { code: 'ECONNREFUSED', message: (host) => `connect ECONNREFUSED ${host}:443` },
  unresolved: { code: 'ENOTFOUND', message: (host) => `getaddrinfo ENOTFOUND ${host}` },
  untrusted: { code: 'CERT_HAS_EXPIRED', message: () => 'certificate has expired' },
};

/**
 * What the SDK's own Node handler fails with. It renames a reset to TimeoutError and leaves the others to Node:
 * https://github.com/smithy-lang/smithy-typescript/blob/main/packages/node-http-handler/src/constants.ts
 */
export class ConnectionError extends Error {
  readonly code: string;
  readonly trouble: ConnectionTrouble;

  constructor(trouble: ConnectionTrouble, host: string) {
    const { code, message } = NODE_WORDS[trouble];
    super(message(host));
    this.name = trouble === 'reset' ? 'TimeoutError' : 'Error';
    this.code = code;
    this.trouble = trouble;
  }
}
