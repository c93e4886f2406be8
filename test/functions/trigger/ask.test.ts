import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { region } from '../../../core/region.ts';
import { ask, type ToBeAsked } from '../../../functions/trigger/ask.ts';
import { fleetWith } from '../../support/fleet.ts';
import { runtimeWith } from '../../support/runtime.ts';

const URL = 'https://abc.lambda-url.us-east-2.on.aws/';
const PROPOSAL: ToBeAsked = {
  decision: 'approve',
  fleet: 'payments',
  rule: 'SOURCE_UNKNOWN',
  why: 'Nobody can tell.',
  liftedBy: [],
  request: { fleet: 'payments', operation: 'failover', source: region('us-east-1'), target: region('us-west-2'), incident: 'health-1' },
};

const commandsTold = (approveUrl: { readonly approveUrl?: string }) =>
  (
    ask(runtimeWith(approveUrl), { fleet: fleetWith({}) }, 'payments/abc', PROPOSAL, { keys: [], verdicts: new Map() }).events ?? []
  ).flatMap((event) => (event.detailType === 'Approval Requested' ? event.detail.command : []));

describe('Who is asked for approval', () => {
  it('is told the whole command, with the URL where it is known', () => {
    assert.deepEqual(commandsTold({ approveUrl: URL }), [`mrk-failover approve payments/abc --reason "…" --url ${URL}`]);
  });

  it('is told the command alone where it is not', () => {
    assert.deepEqual(commandsTold({}), ['mrk-failover approve payments/abc --reason "…"']);
  });
});
