import type { IncomingMessage } from 'node:http';

const LOOPBACK = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;
const LOCAL_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const isLocal = (url: string): boolean => URL.canParse(url) && LOCAL_HOSTS.has(new URL(url).hostname);

/**
 * Whether a request for the control path comes from this machine, and not through a page that its browser shows: neither by
 * a foreign name that was made to point here (DNS rebinding) nor by a page of another site.
 * @returns the sentence that says why not
 */
export const distrust = ({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string | undefined => {
  if (!LOOPBACK.test(socket.remoteAddress ?? ''))
    return `The control path answers this machine only; this request came from ${socket.remoteAddress}.`;
  if (!isLocal(`http://${headers.host ?? ''}`))
    return `The control path expects the Host header to be localhost or 127.0.0.1; got '${headers.host ?? ''}'.`;
  const { origin } = headers;
  if (origin !== undefined && !isLocal(origin))
    return `The control path is not for pages of other sites; this request came from '${origin}'.`;
  if (headers['sec-fetch-site'] === 'cross-site') return 'The control path is not for pages of other sites.';
  return undefined;
};
