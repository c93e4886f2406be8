import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { leftIn } from '../../../../cli/report/read/folder.ts';
import { leftBy } from '../../../support/evidence.ts';
import { INTENT, line, run } from '../left.ts';

const root = mkdtempSync(join(tmpdir(), 'mrk-failover-left-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** A folder with these files in it; what is no text is written as JSON. */
const folderWith = (name: string, files: Readonly<Record<string, unknown>>): string => {
  const folder = join(root, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
};
const { summary } = run(1, [line(1)]);
const [SUMMARY, KEYS] = [`evidence/${INTENT}-1/summary.json`, `evidence/${INTENT}-1/keys.jsonl`];
const whole = { [SUMMARY]: summary, [KEYS]: `${JSON.stringify(line(1))}\n` };

describe('A download of the evidence bucket', () => {
  it('is read without a story and without decisions, its runs in the order in which they began', () => {
    const second = { ...summary, runId: `${INTENT}-2`, generation: 2, startedAt: summary.startedAt - 1 };
    const { story, runs, decisions } = leftIn(
      folderWith('bucket', { ...whole, [`evidence/${INTENT}-2/summary.json`]: second, [`evidence/${INTENT}-2/keys.jsonl`]: '' }),
    );

    assert.deepEqual([story, decisions], [undefined, []]);
    assert.deepEqual(
      runs.map(({ summary: { runId }, lines }) => [runId, [...lines].length]),
      [
        [`${INTENT}-2`, 0],
        [`${INTENT}-1`, 1],
      ],
    );
  });

  it('is read with the runs that were started by hand, whatever they are called', () => {
    const byHand = 'finish-payments';
    const second = { ...summary, runId: byHand, generation: 2, startedAt: summary.startedAt + 1 };
    const { runs } = leftIn(
      folderWith('by-hand', { ...whole, [`evidence/${byHand}/summary.json`]: second, [`evidence/${byHand}/keys.jsonl`]: whole[KEYS] }),
    );

    assert.deepEqual(
      runs.map(({ summary: { runId }, lines }) => [runId, [...lines].length]),
      [
        [`${INTENT}-1`, 1],
        [byHand, 1],
      ],
    );
  });

  it('is read without a run in progress, which is named', () => {
    const { runs, withoutSummary } = leftIn(folderWith('in-progress', { ...whole, [`evidence/${INTENT}-2/keys.jsonl`]: '{"acc' }));

    assert.deepEqual([runs.map(({ summary: { runId } }) => runId), withoutSummary], [[`${INTENT}-1`], [`${INTENT}-2`]]);
  });

  it('is read line by line, and only where the lines are asked for', () => {
    const { runs } = leftIn(folderWith('lazy', { ...whole, [KEYS]: `${JSON.stringify(line(1))}\n{"acc` }));
    const [first] = runs[0]?.lines ?? [];

    assert.equal(first?.keyId, line(1).keyId);
    assert.throws(() => [...(runs[0]?.lines ?? [])], /keys\.jsonl:2: expected JSON/);
  });

  it('is read with its seals', () => {
    const { evidence, keys } = leftBy(1);
    const folder = `evidence/${evidence.runId}`;
    const { runs } = leftIn(folderWith('sealed', { [`${folder}/summary.json`]: evidence, [`${folder}/keys.jsonl`]: String(keys) }));

    assert.deepEqual(runs[0]?.summary, JSON.parse(JSON.stringify(evidence)));
  });

  it('is read with decisions as stories leave them, and as mrk-failover why --json prints them', () => {
    const decision = { state: 'decided', fleet: 'payments', signal: 'a tick', verb: 'ignore', rule: 'TICK', why: 'no news' };
    const lines = [
      { id: 'payments/2', ...decision, at: 2 },
      { id: 'payments/1', decision: { ...decision, at: 1 } },
    ];
    const { decisions } = leftIn(
      folderWith('decided', { ...whole, 'decisions.jsonl': lines.map((one) => JSON.stringify(one)).join('\n') }),
    );

    assert.deepEqual(decisions, [
      { id: 'payments/1', decision: { ...decision, at: 1 } },
      { id: 'payments/2', decision: { ...decision, at: 2 } },
    ]);
  });
});

const wrong: ReadonlyArray<{ readonly case: string; readonly files: Readonly<Record<string, unknown>>; readonly says: RegExp }> = [
  { case: 'neither story nor evidence', files: { 'notes.txt': '' }, says: /Expected the folder of a story.*; .* has neither\./ },
  {
    case: 'evidence of no run',
    files: { 'evidence/photo.jpg': '' },
    says: /Expected at least one run's evidence\/<run>\/summary\.json in/,
  },
  {
    case: 'a run without its summary, and no other',
    files: { [KEYS]: '' },
    says: /Expected at least one run's evidence\/<run>\/summary\.json in/,
  },
  { case: 'a run without its keys', files: { [SUMMARY]: summary }, says: /keys\.jsonl is missing; expected both files of the run/ },
  { case: 'a line that is cut off', files: { ...whole, [KEYS]: '{"account":' }, says: /keys\.jsonl:1: expected JSON \(/ },
  { case: 'a field that no line has', files: { ...whole, [KEYS]: JSON.stringify({ ...line(1), plaintext: 'x' }) }, says: /plaintext/ },
  {
    case: 'an outcome that there is not',
    files: { ...whole, [KEYS]: JSON.stringify({ ...line(1), outcome: 'lost' }) },
    says: /:1: outcome: .*got "lost"/,
  },
  { case: 'a summary that is a list', files: { ...whole, [SUMMARY]: [] }, says: /summary\.json: the document: .*got an empty list/ },
  {
    case: 'a summary without a result',
    files: { ...whole, [SUMMARY]: { ...summary, result: undefined } },
    says: /summary\.json: result: .*got nothing/,
  },
  { case: 'a story of another kind', files: { 'story.json': { kind: 'told' } }, says: /story\.json: kind: expected "played"; got "told"/ },
  {
    case: 'a decision of no kind',
    files: { ...whole, 'decisions.jsonl': '"yes"' },
    says: /decisions\.jsonl:1: .*expected an object with the fields id, decision/,
  },
  { case: 'a folder in the place of a file', files: { 'story.json/x': '' }, says: /story\.json cannot be read \(EISDIR\)/ },
];

describe('A folder is refused in a sentence that says where and what', () => {
  for (const { case: title, files, says } of wrong)
    it(`for ${title}`, () => {
      const folder = folderWith(title, files);
      const read = () => leftIn(folder).runs.map(({ lines }) => [...lines]);
      assert.throws(read, { name: 'WrongUse', message: says });
    });

  it('for one that does not exist', () => {
    assert.throws(() => leftIn(join(root, 'nowhere')), /nowhere does not exist/);
  });
});
