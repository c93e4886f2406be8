import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keyLines } from '../../../../core/evidence/key-lines.ts';
import { begun, changed, isTold, judgedBy, noteTold } from '../../../../functions/frame/ending/conclusion.ts';
import { RECORDS } from '../../../support/evidence.ts';
import { runWith } from '../../../support/runs.ts';
import { runtimeWith } from '../../../support/runtime.ts';

const run = runWith({ startedAt: 5 });
const lines = keyLines(RECORDS);
const others = keyLines([]);

describe('What is noted of a run’s conclusion', () => {
  it('is who began first, whatever others know', async () => {
    const runtime = runtimeWith();
    assert.equal((await begun(runtime, run, lines))?.isNew, true);

    const again = await begun(runtime, run, others);
    assert.deepEqual([again?.isNew, again?.conclusion.keysSha256], [false, lines.keysSha256]);
  });

  it('judges the run once its lines are written, and not before', async () => {
    const runtime = runtimeWith();
    const noted = (await begun(runtime, run, lines)) ?? assert.fail();
    assert.equal(await judgedBy(runtime, run), undefined);
    await changed(runtime, run, noted, { ...noted.conclusion, linesTag: 't' });

    assert.equal((await judgedBy(runtime, run))?.keysSha256, lines.keysSha256);
    assert.deepEqual((await judgedBy(runtime, run))?.figures, JSON.parse(JSON.stringify(lines.figures)));
  });

  it('is not replaced by who read what is not noted any more', async () => {
    const runtime = runtimeWith();
    const seen = (await begun(runtime, run, lines)) ?? assert.fail();
    await changed(runtime, run, seen, others);

    assert.equal(await changed(runtime, run, seen, { ...lines, linesTag: 't' }), undefined);
    assert.equal((await begun(runtime, run, lines))?.conclusion.keysSha256, others.keysSha256);
  });

  it('is told when that is noted, and never of a run that nobody has begun to conclude', async () => {
    const runtime = runtimeWith();
    await noteTold(runtime, run);
    assert.equal(await isTold(runtime, run), false);
    await begun(runtime, run, lines);
    assert.equal(await isTold(runtime, run), false);
    await noteTold(runtime, run);
    assert.equal(await isTold(runtime, run), true);
  });

  it('says nothing of a later run of the same name', async () => {
    const runtime = runtimeWith();
    await begun(runtime, run, lines);
    await noteTold(runtime, run);
    const later = { ...run, startedAt: 6 };

    assert.equal(await isTold(runtime, later), false);
    assert.equal((await begun(runtime, later, others))?.conclusion.keysSha256, others.keysSha256);
  });
});
