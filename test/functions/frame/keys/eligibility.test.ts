import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Eligibility } from '../../../../core/decision/circumstances.ts';
import type { Known } from '../../../../core/decision/known.ts';
import type { KmsFailure } from '../../../../core/key/failure.ts';
import type { KeyAt, KeyView } from '../../../../core/key/key.ts';
import type { Operation } from '../../../../core/run/operation.ts';
import { type EligibilityAsk, eligibilityOf } from '../../../../functions/frame/keys/eligibility.ts';
import { VirtualClock } from '../../../../simulator/clock/virtual-clock.ts';
import { fleetWith } from '../../../support/fleet.ts';
import { failing, keyRef, SOURCE, TARGET, viewOf } from '../../../support/keys.ts';
import { plainKms } from '../../../support/plain-kms.ts';
import { requestWith } from '../../../support/runs.ts';
import { runtimeWith } from '../../../support/runtime.ts';

const found = (count: number): EligibilityAsk['keys'] =>
  Array.from({ length: count }, (_, index) => ({ ...keyRef(String(index + 1)), listedIn: [], heldIn: [], otherFleets: [] }));

type Describe = (key: KeyAt) => KeyView | KmsFailure | undefined;

/** What is found of so many keys, where KMS says of some of them what the test says. */
const asked = async (operation: Operation, count: number, says: Describe = () => undefined, more: Partial<EligibilityAsk> = {}) => {
  const { kms } = plainKms(found(count), [SOURCE, TARGET]);
  let described = 0;
  const clock = new VirtualClock(Date.parse('2026-10-20T08:00:00Z'));
  const runtime = runtimeWith({
    clock,
    kms: {
      ...kms,
      describe: async (key) => {
        described += 1;
        return says(key) ?? kms.describe(key);
      },
    },
  });
  const ask = { request: requestWith({ operation }), fleet: fleetWith(), keys: found(count), ...more };
  const answer: Known<Eligibility> = await clock.run(eligibilityOf(runtime, ask));
  return { ...(answer.kind === 'known' ? answer.value : assert.fail(answer.why)), described };
};

const inTarget = ({ region }: KeyAt): boolean => region === TARGET;
const isFirst = ({ keyId }: KeyAt): boolean => keyId === keyRef('1').keyId;

describe('Whether keys can be moved', () => {
  it('is asked of every key before a switchover, and of a sample before a failover', async () => {
    assert.deepEqual(await asked('switchover', 130), { eligible: 130, looked: 130, because: [], described: 260 });
    assert.deepEqual(await asked('failover', 130), { eligible: 20, looked: 20, because: [], described: 40 });
  });

  it('is judged by the rules of precheck, with the first keys by name', async () => {
    const { eligible, looked, because } = await asked('switchover', 5, (key) =>
      inTarget(key) && !isFirst(key) ? viewOf(TARGET, { state: 'Disabled' }) : undefined,
    );

    assert.deepEqual([eligible, looked], [1, 5]);
    assert.equal(because.length, 1);
    assert.match(because[0] ?? '', /^4 TARGET_DISABLED \(111122223333\/mrk-0+2, 111122223333\/mrk-0+3, 111122223333\/mrk-0+4, …\)$/);
  });

  it('is no question for a key that is in the target already', async () => {
    const there: Describe = ({ region }) => viewOf(region, { primaryRegion: TARGET });

    assert.equal((await asked('switchover', 3, there)).eligible, 3);
  });

  it('is yes in a failover for a source too sick to describe its keys, and no for operations that can wait', async () => {
    const sick: Describe = (key) => (inTarget(key) ? undefined : failing('internal'));

    assert.equal((await asked('failover', 3, sick)).eligible, 3);
    assert.equal((await asked('switchover', 3, sick)).eligible, 0);
  });

  it('is yes in a failover for keys in transition, which perhaps a drill moves at this moment', async () => {
    const updating: Describe = ({ region }) => viewOf(region, { state: 'Updating' });

    assert.equal((await asked('failover', 3, updating)).eligible, 3);
    assert.equal((await asked('switchover', 3, updating)).eligible, 0);
  });

  it('is not asked of a Region that is spared, nor of keys that the fleet file excepts', async () => {
    const spared = await asked('failover', 3, undefined, { spared: new Set([SOURCE]) });
    const exceptions = [{ key: keyRef('1').keyId, reason: 'a vault moves', owner: 'vault-team', expires: '2026-12-31' }];
    const excepted = await asked('switchover', 3, (key) => (isFirst(key) ? failing('not-found') : undefined), {
      fleet: fleetWith({ exceptions }),
    });

    assert.deepEqual([spared.eligible, spared.described], [3, 3]);
    assert.deepEqual([excepted.eligible, excepted.looked], [2, 2]);
  });

  it('is not known when there is no time to look at every key', async () => {
    const clock = new VirtualClock(0);
    const { kms } = plainKms(found(150), [SOURCE, TARGET]);
    const slow = runtimeWith({
      clock,
      kms: {
        ...kms,
        describe: async (key) => {
          await clock.sleep(50_000);
          return kms.describe(key);
        },
      },
    });
    const ask = { request: requestWith({ operation: 'switchover' }), fleet: fleetWith(), keys: found(150) };

    assert.deepEqual(await clock.run(eligibilityOf(slow, ask)), {
      kind: 'unknown',
      why: 'only 100 of 150 keys could be looked at in the 45 s that there are for it',
    });
  });
});
