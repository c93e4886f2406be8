import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { runCase } from '../../../simulator/conformance/run-case.ts';
import { SimulatedLaboratory } from '../../../simulator/conformance/simulated-laboratory.ts';
import { TABLE } from '../../../simulator/conformance/table.ts';
import { STARTS_AT } from '../kms/kms-world.ts';

const clock = new VirtualClock(STARTS_AT);
const laboratory = await SimulatedLaboratory.open(clock);

describe('The simulated KMS conforms to the facts:', () => {
  for (const row of TABLE) {
    it(`${row.topic} [${row.mark}]: ${row.title}`, async () => {
      const { outcome, told } = await clock.run(runCase(laboratory, row));

      assert.deepEqual({ outcome, told }, { outcome: 'passed', told: [] });
    });
  }
});
