import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { leaveEvidence } from '../../../cli/leave-evidence.ts';
import { type VerifyAsk, verifyFolder } from '../../../cli/verify/verify-folder.ts';
import type { Evidence } from '../../../core/evidence/evidence.ts';
import { sha256 } from '../../../core/evidence/seal.ts';
import { region } from '../../../core/region.ts';
import { chainOf, flipped, leftBy, runId, samples } from '../../support/evidence.ts';
import { tell } from '../../support/stories.ts';

let home: string;
before(() => {
  home = mkdtempSync(join(tmpdir(), 'mrk-failover-verify-'));
});
after(() => rmSync(home, { recursive: true, force: true }));

const RUNS = chainOf(3);
let folders = 0;

/** A folder of its own with the evidence of three runs. */
const folderOf = (runs = RUNS): string => {
  folders += 1;
  const folder = join(home, `evidence-${folders}`);
  for (const { evidence, summary, keys } of runs) {
    put(folder, evidence.runId, 'summary.json', summary);
    put(folder, evidence.runId, 'keys.jsonl', keys);
  }
  return folder;
};
const put = (folder: string, run: string, file: string, content: string | Uint8Array): void => {
  const path = join(folder, 'evidence', run, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
};
const runFolder = (folder: string, generation: number): string => join(folder, 'evidence', runId(generation));

/** What is wrong after something was done to the folder. */
const wrongAfter = (change: (folder: string) => void, ask: VerifyAsk = {}): readonly string[] => {
  const folder = folderOf();
  change(folder);
  return verifyFolder(folder, ask).wrong;
};
/** Each sentence begins as told, and there are no others. */
const assertSentences = (sentences: readonly string[], ...patterns: readonly RegExp[]): void => {
  assert.equal(sentences.length, patterns.length, sentences.join('\n'));
  for (const [index, pattern] of patterns.entries()) assert.match(sentences[index] ?? '', pattern);
};
/** A summary as a version left it that sealed nothing. */
const unsealed = ({ controlRegion: _, keysSha256: __, previous: ___, seal: ____, ...old }: Evidence) => old;
const newest = RUNS.at(-1)?.evidence ?? assert.fail();

describe('A folder of evidence', () => {
  it('as the runs left it holds, and says what its newest seal is', () => {
    const { wrong, right, open } = verifyFolder(folderOf());

    assert.deepEqual([wrong, open], [[], []]);
    assert.deepEqual(right, [
      'The files of 3 of 3 runs are as they were left, to the last byte.',
      `Fleet payments, concluded in us-east-2: 3 runs, each naming the one before it. The newest is ${runId(3)}, its seal ${newest.seal}.`,
    ]);
  });

  it('shows one flipped bit in every line of every file', () => {
    const folder = folderOf(chainOf(2));
    for (const generation of [1, 2])
      for (const file of ['summary.json', 'keys.jsonl']) {
        const path = join(runFolder(folder, generation), file);
        const bytes = readFileSync(path);
        for (const at of samples(bytes)) {
          writeFileSync(path, flipped(bytes, at, at % 7));
          assert.notDeepEqual(verifyFolder(folder).wrong, [], `${path}, byte ${at}`);
        }
        writeFileSync(path, bytes);
      }
    assert.deepEqual(verifyFolder(folder).wrong, []);
  });

  it('shows that a run in the middle, or the first, was removed', () => {
    for (const generation of [1, 2])
      assertSentences(
        wrongAfter((folder) => rmSync(runFolder(folder, generation), { recursive: true })),
        new RegExp(`^evidence/${runId(generation + 1)} names run ${runId(generation)} before it, which ended at .* and is not here\\.`),
      );
  });

  it('lets the oldest be gone that has expired, and no other', () => {
    const [first] = RUNS;
    const expiredBefore = (first?.evidence.endedAt ?? 0) + 1;

    assertSentences(wrongAfter((folder) => rmSync(runFolder(folder, 1), { recursive: true }), { expiredBefore }));
    assertSentences(
      wrongAfter((folder) => rmSync(runFolder(folder, 2), { recursive: true }), { expiredBefore }),
      /is not here/,
    );
  });

  it('shows that the newest was removed when its seal is known', () => {
    const remove = (folder: string) => rmSync(runFolder(folder, 3), { recursive: true });

    assertSentences(wrongAfter(() => undefined, { seals: [newest.seal] }));
    assertSentences(
      wrongAfter(remove, { seals: [newest.seal] }),
      /^--seal: no run here has the seal /,
      new RegExp(`^--seal: none was given for ${runId(2)}, `),
    );
  });

  it('shows that runs came after the one whose seal is known', () =>
    assertSentences(
      wrongAfter(() => undefined, { seals: [RUNS[1]?.evidence.seal ?? ''] }),
      new RegExp(`^--seal: ${runId(2)} has this seal, and is not the newest of fleet payments\\.`),
    ));

  it('may be compared with all seals that were ever told of', () =>
    assertSentences(wrongAfter(() => undefined, { seals: RUNS.map(({ evidence }) => evidence.seal) })));

  it('tells each chain, and with a seal each one whose end no seal speaks of', () => {
    const folder = folderOf();
    const made = leftBy(9, undefined, { controlRegion: region('eu-west-3') });
    put(folder, made.evidence.runId, 'summary.json', made.summary);
    put(folder, made.evidence.runId, 'keys.jsonl', made.keys);

    assertSentences(
      verifyFolder(folder).right,
      /^The files of 4 of 4 runs/,
      /^Fleet payments, concluded in us-east-2: 3 runs/,
      /^Fleet payments, concluded in eu-west-3: one run\./,
    );
    assertSentences(
      verifyFolder(folder, { seals: [newest.seal] }).wrong,
      new RegExp(`^--seal: none was given for ${runId(9)}, with which a chain of fleet payments, concluded in eu-west-3, ends\\.`),
    );
    assertSentences(verifyFolder(folder, { seals: [newest.seal, made.evidence.seal] }).wrong);
  });

  it('shows a run that was replaced by another with a seal of its own', () =>
    assertSentences(
      wrongAfter((folder) => put(folder, runId(2), 'summary.json', leftBy(2, RUNS[0]?.evidence, { incident: 'INC-2' }).summary)),
      new RegExp(
        `^evidence/${runId(3)} names run ${runId(2)} under the seal [0-9a-f]{64}, and that run has [0-9a-f]{64}\\. One of the two was replaced\\.$`,
      ),
    ));

  it('shows a run that was inserted, and one that was copied to another name', () => {
    const insert = (folder: string) => {
      const { evidence, summary, keys } = leftBy(9, RUNS[0]?.evidence);
      put(folder, evidence.runId, 'summary.json', summary);
      put(folder, evidence.runId, 'keys.jsonl', keys);
    };
    assertSentences(wrongAfter(insert), new RegExp(`all name run ${runId(1)} before them`));
    assertSentences(
      wrongAfter((folder) => cpSync(runFolder(folder, 3), runFolder(folder, 4), { recursive: true })),
      new RegExp(`^evidence/${runId(4)}/summary.json is that of run ${runId(3)}\\.`),
      new RegExp(`all name run ${runId(2)} before them`),
    );
  });

  it('shows a run whose files were taken for those of another', () =>
    assertSentences(
      wrongAfter((folder) => renameSync(join(runFolder(folder, 1), 'keys.jsonl'), join(runFolder(folder, 2), 'keys.jsonl'))),
      new RegExp(`^evidence/${runId(1)}/keys.jsonl is missing`),
    ));

  it('names what no run has left', () =>
    assertSentences(
      wrongAfter((folder) => {
        put(folder, runId(1), 'note.txt', '');
        writeFileSync(join(folder, 'evidence', 'stray'), '');
      }),
      /^evidence\/.*-1\/note\.txt was left by no run/,
      /^evidence\/stray was left by no run/,
    ));

  it('without seals is wrong, also where somebody has only taken them out', () => {
    const folder = folderOf();
    for (const { evidence } of RUNS)
      put(folder, evidence.runId, 'summary.json', JSON.stringify({ ...unsealed(evidence), notes: ['forged'] }));
    const { wrong, right } = verifyFolder(folder);

    assert.deepEqual(right, []);
    assertSentences(wrong, ...RUNS.map(() => /has no seal, .* say until when with --unsealed-before; else its seal was taken out\.$/));
  });

  it('of an earlier version is told as such, and is wrong only where that version was in use no more', () => {
    const folder = folderOf(chainOf(1));
    const old = leftBy(8, undefined, { startedAt: 1, endedAt: 2 });
    put(folder, runId(8), 'keys.jsonl', old.keys);
    put(folder, runId(8), 'summary.json', JSON.stringify(unsealed(old.evidence)));
    const known = verifyFolder(folder, { unsealedBefore: 3 });

    assert.deepEqual(known.wrong, []);
    assertSentences(
      known.open,
      new RegExp(`^evidence/${runId(8)} has no seal, and says that it ended at .* nor whether it was inserted\\.$`),
    );
    assertSentences(verifyFolder(folder, { unsealedBefore: 2 }).wrong, /That is not before .*, as --unsealed-before has it: /);
  });

  it('of an earlier version that was in use longer in the other control Region is accused of nothing', () => {
    const folder = folderOf(chainOf(1));
    const late = leftBy(3);
    put(folder, runId(3), 'keys.jsonl', late.keys);
    put(folder, runId(3), 'summary.json', JSON.stringify(unsealed(late.evidence)));
    const { wrong, open } = verifyFolder(folder, { unsealedBefore: late.evidence.endedAt + 1 });

    assert.deepEqual(wrong, []);
    assertSentences(
      open,
      new RegExp(`It began after run ${runId(1)} of its fleet, .* in us-east-2: an older version was .* still in the other control Region`),
    );
  });

  it('shows a run that was chained on after the table was restored, until it is acknowledged, and tells it then as well', () => {
    const folder = folderOf();
    const again = leftBy(4, RUNS[1]?.evidence);
    put(folder, runId(4), 'summary.json', again.summary);
    put(folder, runId(4), 'keys.jsonl', again.keys);
    const acknowledged = [runId(4)];

    const accused = verifyFolder(folder);
    assertSentences(
      accused.wrong,
      new RegExp(`the coordination table was restored from a backup.* --acknowledge and its name: ${runId(4)}\\.$`),
    );
    assertSentences(accused.open, /: 4 runs, which make no whole chain\. The newest is .* The newest is /);
    const { wrong, right, open } = verifyFolder(folder, { acknowledged });
    assert.deepEqual([wrong, right.length], [[], 2]);
    assertSentences(open, new RegExp(`^evidence/${runId(4)} names run ${runId(2)} before it, as ${runId(3)} does: acknowledged`));
    assertSentences(verifyFolder(folder, { acknowledged, seals: [newest.seal, again.evidence.seal] }).wrong);
    assertSentences(
      verifyFolder(folder, { acknowledged, seals: [again.evidence.seal] }).wrong,
      new RegExp(`none was given for ${runId(3)}`),
    );
    rmSync(runFolder(folder, 3), { recursive: true });
    assertSentences(verifyFolder(folder, { acknowledged }).wrong, /^--acknowledge: .*-4 takes no place here that another run takes too\./);
  });

  it('shows a seal that was taken out', () => {
    const change = (folder: string) => put(folder, runId(1), 'summary.json', JSON.stringify(unsealed(RUNS[0]?.evidence ?? assert.fail())));

    assertSentences(
      wrongAfter(change, { unsealedBefore: newest.endedAt }),
      new RegExp(`^evidence/${runId(2)} names run ${runId(1)} under the seal .*, and that run has no seal\\. Somebody took it out\\.$`),
    );
  });

  it('tells the first few of many wrong lines', () => {
    const keys = '{}\n'.repeat(8);
    const { summary } = leftBy(3, RUNS[1]?.evidence, { keysSha256: sha256(keys) });
    const sentences = wrongAfter((folder) => {
      put(folder, runId(3), 'summary.json', summary);
      put(folder, runId(3), 'keys.jsonl', keys);
    });

    assert.equal(sentences.length, 6);
    assert.match(sentences.at(-1) ?? '', /keys\.jsonl: the lines after line 5 were not looked at, since so many before them are wrong\.$/);
  });

  it('goes on behind a file that is too large to be a run’s', () => {
    const sentences = wrongAfter((folder) => truncateSync(join(runFolder(folder, 2), 'keys.jsonl'), 256 * 1024 ** 2 + 1));

    assertSentences(sentences, /-2\/keys\.jsonl has 268435457 bytes, more than a run's keys\.jsonl can have \(268435456\)/);
  });

  it('that holds no evidence, or is none, cannot be verified', () => {
    const empty = join(home, 'empty');
    mkdirSync(empty);
    writeFileSync(join(home, 'file'), '');

    assert.throws(() => verifyFolder(empty), { name: 'WrongUse', message: /has no evidence of a run in it/ });
    assert.throws(() => verifyFolder(join(home, 'nowhere')), { name: 'WrongUse', message: /There is no folder / });
    assert.throws(() => verifyFolder(join(home, 'file')), { name: 'WrongUse', message: /is a file; expected a folder/ });
  });
});

describe('What a story leaves', () => {
  for (const [what, words] of [
    ['with nothing wrong, and again', { keys: 6, again: true }],
    ['with lost replies', { keys: 20, faults: ['lost-reply'] }],
    ['with functions that crash', { keys: 20, faults: ['function-crash'] }],
  ] as const)
    it(`${what}, verifies`, async () => {
      const { world, figures } = await tell(words);
      const folder = join(home, `story-${what}`);
      await leaveEvidence(folder, world, figures);
      const told = world.bus.events.filter(({ detailType }) => detailType === 'Run Finished').map(({ detail }) => String(detail.seal));

      assert.ok(figures.runs.length > 0);
      assert.deepEqual(verifyFolder(folder, { seals: told }).wrong, []);
    });
});
