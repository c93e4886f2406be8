import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Fleet } from '../../../core/fleet/schema.ts';
import { selectionOf } from '../../../core/fleet/selection.ts';
import { fleetWith, mrk } from '../../support/fleet.ts';

const payments = fleetWith({ accounts: ['111122223333'], keys: { aliases: ['alias/pay/*'] } });
const cards = fleetWith({ accounts: ['111122223333'], keys: { ids: [mrk('1')] } });
const apart = fleetWith({ accounts: ['444455556666'], keys: { all: true } });
const by = (fleets: Readonly<Record<string, Fleet>>) => selectionOf(new Map(Object.entries(fleets)), 'payments');

describe('What selects a fleet’s keys', () => {
  const before = by({ payments, cards, apart });

  it('is the same however the other fields of the file change, and fleets that share no account', () => {
    assert.equal(by({ apart: fleetWith({ accounts: ['444455556666'], keys: { aliases: ['alias/x'] } }), cards, payments }), before);
    assert.equal(by({ payments: { ...payments, priority: 7, patienceSeconds: 0 }, cards }), before);
  });

  for (const [what, fleets] of [
    ['its keys', { payments: { ...payments, keys: { aliases: ['alias/pay/a*'] } }, cards }],
    ['its accounts', { payments: { ...payments, accounts: apart.accounts }, cards }],
    ['its Regions', { payments: { ...payments, standbys: [] }, cards }],
    ['the keys of a fleet with an account of its own', { payments, cards: { ...cards, keys: { ids: [mrk('2')] } } }],
    ['whether there is such a fleet', { payments }],
  ] as const)
    it(`is another when the file says otherwise about ${what}`, () => assert.notEqual(by(fleets as Record<string, Fleet>), before));

  it('is nothing for a fleet that the file does not have', () => assert.equal(by({ cards }), undefined));
});
