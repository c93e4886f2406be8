import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { OPERATIONS } from '../../simulator/kms/operations/table.ts';
import { DEFAULT_ACCOUNTS, DEFAULT_REGIONS } from '../../simulator/wire/settings.ts';
import { wireFixture } from './wire/wire-server.ts';

const readme = readFileSync(new URL('../../simulator/README.md', import.meta.url), 'utf8');
const wire = wireFixture();

describe('The page about the simulator', () => {
  it('counts the operations, Regions and accounts that there are', () => {
    assert.ok(readme.includes(`${OPERATIONS.size} operations on the SDK's wire`), `there are ${OPERATIONS.size} operations`);
    assert.ok(readme.includes(`KMS of ${DEFAULT_REGIONS.length} Regions`));
    assert.ok(readme.includes(`default \`${DEFAULT_ACCOUNTS.join(',')}\``));
  });

  it('tells every request of the control path, and no other', async () => {
    const told = [...readme.matchAll(/^\| `((?:GET|PUT|POST|DELETE) \/_simulator\S*)`/gm)].map(([, request]) => request);

    assert.deepEqual(told.toSorted(), (await wire.control('GET', '')).body.paths.toSorted());
  });

  it('shows requests of the control path that work', async () => {
    const [keys, faults] = [...readme.matchAll(/`(\{"(?:keys|faults)":.+?\})`/g)].map(([, body = '']) => JSON.parse(body));

    assert.equal((await wire.control('POST', '/keys', keys)).status, 201);
    assert.equal((await wire.control('PUT', '/faults', faults)).status, 200);
  });

  it('says that AWS has not been asked yet', () => assert.match(readme, /Conformance: not yet run on AWS/));
});
