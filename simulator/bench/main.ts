/** Measures what the simulator costs: `node simulator/bench/main.ts`. Exits with 1 when it is slower than it promises. */
import { measureInProcess } from './in-process.ts';
import { serve } from './served.ts';
import { type LoadFigures, measureWire } from './wire.ts';

const PROMISED_PER_SECOND = 2_000;
const PROMISED_MS_PER_CALL = 0.15;
const SECONDS = 5;
const CALLS = 2_000;

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const line = ({ perSecond, errors, medianMs, p99Ms }: LoadFigures): string =>
  `${whole(perSecond)} DescribeKey/s, ${errors} errors, ${medianMs.toFixed(1)} ms in the median, ${p99Ms.toFixed(1)} ms in the 99th percentile`;

const server = await serve();
const { steady, full } = await measureWire(server.port, PROMISED_PER_SECOND, SECONDS).finally(() => server.stop());
process.stdout.write(`HTTP at a steady ${whole(PROMISED_PER_SECOND)}/s: ${line(steady)}\nHTTP as fast as it answers: ${line(full)}\n`);

const { sdkMs, simulatorMs } = await measureInProcess(CALLS);
process.stdout.write(`In process: ${simulatorMs.toFixed(3)} ms per DescribeKey beside the SDK's own ${sdkMs.toFixed(3)} ms\n`);

const slow = [
  ...(steady.errors + full.errors > 0 || full.perSecond < PROMISED_PER_SECOND
    ? [`HTTP: expected ${whole(PROMISED_PER_SECOND)}/s without errors.`]
    : []),
  ...(simulatorMs >= PROMISED_MS_PER_CALL ? [`In process: expected less than ${PROMISED_MS_PER_CALL} ms per call.`] : []),
];
for (const sentence of slow) process.stderr.write(`${sentence}\n`);
process.exitCode = slow.length === 0 ? 0 : 1;
