import { randomUUID } from 'node:crypto';
import { KMS } from '@aws-sdk/client-kms';
import { systemClock } from '../../aws/clock/system-clock.ts';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { resultLines, summaryLine } from './report.ts';
import { runOnAws } from './run-on-aws.ts';
import { runTable } from './run-table.ts';
import { SimulatedLaboratory } from './simulated-laboratory.ts';
import { TABLE } from './table.ts';
import { HELP, readWords, type Wish } from './words.ts';

const WRONG_USE = 2;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const runHere = async (): Promise<number> => {
  const clock = new VirtualClock(Date.UTC(2026, 0, 1));
  const lab = await SimulatedLaboratory.open(clock);
  const results = await clock.run(runTable(lab, TABLE, (result) => print(resultLines(result))));
  print(`\n${summaryLine(results)}`);
  return results.every(({ outcome }) => outcome === 'passed') ? 0 : 1;
};

const grant = async (wish: Wish): Promise<number> => {
  switch (wish.kind) {
    case 'help':
      print(HELP);
      return 0;
    case 'wrong':
      print(`${wish.sentence}\n\n${HELP}`);
      return WRONG_USE;
    case 'here':
      return runHere();
    case 'aws':
      return runOnAws({
        // The laboratory waits by itself where KMS throttles; beyond that, two attempts bridge a broken connection.
        clientOf: (region) => new KMS({ region, maxAttempts: 2 }),
        rows: TABLE,
        regions: wish.regions,
        run: randomUUID().slice(0, 8),
        agreed: wish.agreed,
        sleep: systemClock.sleep,
        print,
        onStop: (stop) => process.once('SIGINT', stop).once('SIGTERM', stop),
      });
  }
};

process.exitCode = await grant(readWords(process.argv.slice(2)));
