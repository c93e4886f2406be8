import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FLEET_FILE, loadFleets } from '../../../functions/frame/fleets.ts';
import { createMemoryStore } from '../../../simulator/store/memory-store.ts';

const FLEET = { accounts: ['111122223333'], keys: { all: true }, home: 'us-east-1', standbys: ['us-west-2'] };

const loadFrom = async (text: string | undefined) => {
  const store = createMemoryStore();
  if (text !== undefined) await store.put(FLEET_FILE, text);
  return loadFleets({ store });
};

describe('The fleet file, as functions read it', () => {
  it('is JSON, with the defaults of what it leaves out filled in', async () => {
    const fleets = await loadFrom(JSON.stringify({ fleets: { payments: FLEET } }));

    assert.deepEqual([...fleets.keys()], ['payments']);
    assert.equal(fleets.get('payments')?.posture, 'approve');
  });

  const remedy = 'npm run synth writes cdk.out/fleets.json out of fleets.yaml; upload it there.';
  const wrong: readonly (readonly [string, string | undefined, string])[] = [
    ['is missing', undefined, `Expected the fleet file at config/fleets.json in the working bucket; got nothing. ${remedy}`],
    [
      'is the YAML that people write',
      'fleets:\n  payments: {}\n',
      `Expected JSON at config/fleets.json in the working bucket; got a text that begins with "fleets:\\n  payments: {}\\n". ${remedy}`,
    ],
    ['is empty', '', `Expected JSON at config/fleets.json in the working bucket; got a text that begins with "". ${remedy}`],
    [
      'has wrong fields',
      JSON.stringify({ fleets: { payments: { ...FLEET, home: 'Oregon', proof: 5 } } }),
      [
        'config/fleets.json: fleets.payments.home is wrong; expected the Region that holds the primaries in quiet times, such as us-east-1; got "Oregon".',
        'config/fleets.json: fleets.payments.proof is wrong; expected one of standard, signatures, none; got the number 5.',
      ].join('\n'),
    ],
  ];
  for (const [title, text, message] of wrong)
    it(`is refused in sentences when it ${title}`, async () => {
      await assert.rejects(loadFrom(text), { name: 'WrongFleetFile', message });
    });
});
