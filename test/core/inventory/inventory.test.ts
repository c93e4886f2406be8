import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { driftNote } from '../../../core/inventory/inventory.ts';
import { keyRef, SOURCE, TARGET } from '../../support/keys.ts';

const foundIn = (...listedIn: Array<typeof SOURCE>) => ({ ...keyRef(), listedIn, otherFleets: [] });

describe('Selector drift', () => {
  it('is nothing to note when every Region that answered lists the key', () => {
    assert.equal(driftNote(foundIn(SOURCE, TARGET), [SOURCE, TARGET]), undefined);
  });

  it('is noted with the Regions that answered and do not list the key', () => {
    assert.equal(driftNote(foundIn(SOURCE), [SOURCE, TARGET]), "SELECTOR_DRIFT: the fleet's selector does not find the key in us-west-2");
    assert.equal(
      driftNote(foundIn(), [SOURCE, TARGET]),
      "SELECTOR_DRIFT: the fleet's selector does not find the key in us-east-1, us-west-2",
    );
  });

  it('is nothing that a silent Region could show', () => {
    assert.equal(driftNote(foundIn(TARGET), [TARGET]), undefined);
    assert.equal(driftNote(foundIn(), []), undefined);
  });
});
