import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { leaveEvidence } from '../../../cli/leave-evidence.ts';
import { type VerifyAsk, verifyFolder } from '../../../cli/verify/verify-folder.ts';
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

    assertSentences(wrongAfter(() => undefined, { seal: newest.seal }));
    assertSentences(wrongAfter(remove, { seal: newest.seal }), /^--seal: no run here has the seal /);
  });

  it('shows that runs came after the one whose seal is known', () =>
    assertSentences(
      wrongAfter(() => undefined, { seal: RUNS[1]?.evidence.seal }),
      new RegExp(`^--seal: ${runId(2)} has this seal, and is not the newest of fleet payments\\.`),
    ));

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

  it('of an earlier version is told as such, before the first seal and not after', () => {
    const { controlRegion: _, keysSha256: __, previous: ___, seal: ____, ...old } = leftBy(1).evidence;
    const folder = join(home, 'of-an-earlier-version');
    put(folder, runId(1), 'keys.jsonl', leftBy(1).keys);
    put(folder, runId(1), 'summary.json', JSON.stringify(old));
    const { wrong, right, open } = verifyFolder(folder);

    assert.deepEqual([wrong, right], [[], []]);
    assertSentences(open, /was written by a version of mrk-failover that sealed nothing/);

    const second = leftBy(2);
    put(folder, runId(2), 'keys.jsonl', second.keys);
    put(folder, runId(2), 'summary.json', second.summary);
    assert.deepEqual(verifyFolder(folder).wrong, []);
    put(folder, runId(1), 'summary.json', JSON.stringify({ ...old, startedAt: second.evidence.endedAt + 1 }));
    assertSentences(verifyFolder(folder).wrong, /has no seal, though it began after run /);
  });

  it('shows a seal that was taken out', () => {
    const { controlRegion: _, keysSha256: __, previous: ___, seal: ____, ...old } = RUNS[0]?.evidence ?? assert.fail();

    assertSentences(
      wrongAfter((folder) => put(folder, runId(1), 'summary.json', JSON.stringify(old))),
      new RegExp(`^evidence/${runId(2)} names run ${runId(1)} under the seal .*, and that run has no seal\\. Somebody took it out\\.$`),
    );
  });

  it('tells the first few of many wrong lines', () => {
    const sentences = wrongAfter((folder) => put(folder, runId(1), 'keys.jsonl', '{}\n'.repeat(8)));

    assert.equal(sentences.length, 7);
    assert.match(sentences.at(-1) ?? '', /keys\.jsonl: 3 more lines are wrong\.$/);
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
      assert.deepEqual(verifyFolder(folder, { seal: told.at(-1) }).wrong, []);
    });
});
