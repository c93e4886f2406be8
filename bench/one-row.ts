// Measures one row in a process of its own and prints it: memory and real time are then that row's alone.
import { contenderNamed } from './contenders/all.ts';
import { measure } from './measure.ts';
import type { RowAsk } from './row.ts';

const ask: RowAsk = JSON.parse(process.argv[2] ?? '{}');
process.stdout.write(JSON.stringify(await measure(contenderNamed(ask.contender), ask)));
