import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { distrust } from '../../../../simulator/wire/control/trust.ts';

const from = (remoteAddress: string | undefined, headers: IncomingMessage['headers']) =>
  distrust({ socket: { remoteAddress } as IncomingMessage['socket'], headers });

const TRUSTED = [
  { address: '127.0.0.1', headers: { host: '127.0.0.1:4599' } },
  { address: '::ffff:127.0.0.1', headers: { host: 'localhost:4599' } },
  { address: '::1', headers: { host: '[::1]:4599' } },
  { address: '127.0.0.1', headers: { host: 'localhost', origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' } },
];

const DISTRUSTED = [
  {
    address: '10.0.0.7',
    headers: { host: 'localhost' },
    why: 'The control path answers this machine only; this request came from 10.0.0.7.',
  },
  {
    address: undefined,
    headers: { host: 'localhost' },
    why: 'The control path answers this machine only; this request came from undefined.',
  },
  { address: '127.0.0.1', headers: {}, why: "The control path expects the Host header to be localhost or 127.0.0.1; got ''." },
  {
    address: '127.0.0.1',
    headers: { host: 'localhost.evil.example' },
    why: "The control path expects the Host header to be localhost or 127.0.0.1; got 'localhost.evil.example'.",
  },
  {
    address: '127.0.0.1',
    headers: { host: 'localhost@evil.example' },
    why: "The control path expects the Host header to be localhost or 127.0.0.1; got 'localhost@evil.example'.",
  },
  {
    address: '127.0.0.1',
    headers: { host: 'localhost', origin: 'null' },
    why: "The control path is not for pages of other sites; this request came from 'null'.",
  },
  {
    address: '127.0.0.1',
    headers: { host: 'localhost', 'sec-fetch-site': 'cross-site' },
    why: 'The control path is not for pages of other sites.',
  },
];

describe('distrust', () => {
  for (const { address, headers } of TRUSTED)
    it(`lets in ${address} with ${JSON.stringify(headers)}`, () => assert.equal(from(address, headers), undefined));

  for (const { address, headers, why } of DISTRUSTED)
    it(`keeps out ${address} with ${JSON.stringify(headers)}`, () => assert.equal(from(address, headers), why));
});
