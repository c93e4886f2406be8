import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Evidence } from '../../../core/evidence/evidence.ts';
import { examineRun, type RunFiles } from '../../../core/evidence/examine.ts';
import { sealed, sha256, summaryText } from '../../../core/evidence/seal.ts';
import { flipped, leftBy, runId, samples } from '../../support/evidence.ts';

const left = leftBy(2, leftBy(1).evidence);
const { evidence } = left;

const examined = (changes: Partial<RunFiles> = {}) => examineRun(runId(2), { summary: left.summary, keys: left.keys, ...changes });
const kinds = (changes: Partial<RunFiles>) => examined(changes).flaws.map(({ kind }) => kind);
const summaryWith = (changes: Readonly<Record<string, unknown>>): Uint8Array =>
  Buffer.from(summaryText(sealed({ ...evidence, ...changes } as Evidence)));
const keysWith = (text: string): Partial<RunFiles> => {
  const keys = Buffer.from(text);
  return { keys, summary: summaryWith({ keysSha256: sha256(keys) }) };
};

describe('The evidence of a run', () => {
  it('has no flaw as it was left', () =>
    assert.deepEqual(examined(), { runId: runId(2), summary: { kind: 'sealed', evidence }, flaws: [] }));

  it('of a run without keys has no line', () => {
    const none = { keys: 0, outcomes: { ...evidence.outcomes, promoted: 0, blocked: 0 }, reasons: {}, blockedWithoutProof: 0 };
    const summary = summaryWith({
      ...none,
      result: 'nothing-to-do',
      firstVerifiedAt: undefined,
      lastVerifiedAt: undefined,
      keysSha256: sha256(''),
    });

    assert.deepEqual(kinds({ summary, keys: Buffer.from('') }), []);
  });

  it('says which of its files is not there', () => {
    assert.deepEqual(examined({ summary: undefined }).flaws, [{ kind: 'file-missing', file: 'summary.json' }]);
    assert.deepEqual(examined({ keys: undefined }).flaws, [{ kind: 'file-missing', file: 'keys.jsonl' }]);
  });

  it('shows that a field of the summary was changed, by its seal', () => {
    const text = summaryText({ ...evidence, incident: 'INC-2' });

    assert.deepEqual(examined({ summary: Buffer.from(text) }).flaws, [
      { kind: 'seal', states: evidence.seal, computed: sealed({ ...evidence, incident: 'INC-2' }).seal },
    ]);
  });

  it('shows that a line was changed, by the hash in the summary', () => {
    const keys = Buffer.from(left.keys.toString().replace('"attempts":0', '"attempts":1'));

    assert.deepEqual(examined({ keys }).flaws, [{ kind: 'lines-changed', states: sha256(left.keys), computed: sha256(keys) }]);
  });

  it('shows that a summary was written in other bytes, though it says the same', () => {
    assert.deepEqual(kinds({ summary: Buffer.from(JSON.stringify(evidence)) }), ['rewritten']);
    assert.deepEqual(kinds({ summary: Buffer.from(`${summaryText(evidence)}\n`) }), ['rewritten']);
  });

  it('shows that it lies in the place of another run', () =>
    assert.deepEqual(examineRun(runId(3), left).flaws, [{ kind: 'other-run', states: runId(2) }]));

  it('shows counts that its lines do not give, also under a seal that is right', () => {
    const summary = summaryWith({ blockedWithoutProof: 0, result: 'moved' });

    assert.deepEqual(examined({ summary }).flaws, [
      { kind: 'count', field: 'blockedWithoutProof', states: '0', counted: '1' },
      { kind: 'count', field: 'result', states: '"moved"', counted: '"blocked"' },
    ]);
  });

  it('has no field that a run does not write, and lacks none', () => {
    const [one = '', two = ''] = left.keys.toString().split('\n');

    const [flaw] = examined({ summary: summaryWith({ extra: 1 }) }).flaws;
    assert.match(
      flaw?.kind === 'fields' ? flaw.problems.join() : '',
      /^extra: is not a field of the summary; expected an object with the fields runId, /,
    );
    assert.deepEqual(kinds({ summary: summaryWith({ result: undefined }) }), ['fields']);
    assert.deepEqual(
      examined(keysWith(`${one}\n${two.replace('"proof":"not-tried"', '"proof":"maybe"')}\n`)).flaws.map(
        (flaw) => 'line' in flaw && flaw.line,
      ),
      [2],
    );
  });

  it('says which line is no JSON, and that bytes are no text', () => {
    const [one = ''] = left.keys.toString().split('\n');

    assert.deepEqual(examined(keysWith(`${one}\n\n${one}\n`)).flaws, [{ kind: 'unreadable', file: 'keys.jsonl', line: 2 }]);
    assert.deepEqual(kinds({ summary: Uint8Array.of(0xff) }), ['unreadable']);
    assert.deepEqual(kinds({ keys: Uint8Array.of(0xff) }), ['lines-changed']);
  });

  it('is not looked at any further where its hash is wrong already, or where many lines are', () => {
    const blank = Buffer.alloc(1_000, '\n');

    assert.deepEqual(kinds({ keys: blank }), ['lines-changed']);
    assert.deepEqual(examined(keysWith(blank.toString())).flaws, [
      ...[1, 2, 3, 4, 5].map((number) => ({ kind: 'unreadable', file: 'keys.jsonl', line: number })),
      { kind: 'not-looked-at', line: 5 },
    ]);
  });

  it('has no file, and no line, of a size that no run leaves', () => {
    assert.deepEqual(examined({ keys: { sizeBytes: 3e8 } }).flaws, [{ kind: 'too-large', file: 'keys.jsonl', sizeBytes: 3e8 }]);
    assert.deepEqual(kinds({ summary: { sizeBytes: 3e8 } }), ['too-large']);
    assert.deepEqual(examined(keysWith(`${'['.repeat(2 ** 20 + 1)}\n`)).flaws, [
      { kind: 'line-too-long', line: 1, sizeBytes: 2 ** 20 + 1 },
    ]);
  });

  it('says of a stranger’s fields only so much that somebody reads it', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`${'x'.repeat(5_000)}${index}`, 1]));
    const [flaw] = examined({ summary: summaryWith(many) }).flaws;
    const problems = flaw?.kind === 'fields' ? flaw.problems : [];

    assert.equal(problems.length, 5);
    assert.ok(problems.every(({ length }) => length < 1_000));
  });

  it('has no field named __proto__ anywhere, which some parsers leave out of sight', () => {
    const withProto = (at: string) => {
      const text = JSON.stringify(evidence).replace(at, `${at}"__proto__":{"hidden":1},`);
      return { summary: Buffer.from(summaryText(sealed(JSON.parse(text)))) };
    };
    for (const at of ['{', '"outcomes":{', '"reasons":{', '"previous":{']) assert.deepEqual(kinds(withProto(at)), ['fields'], at);
    const [one = ''] = left.keys.toString().split('\n');
    assert.deepEqual(kinds(keysWith(one.replace('{', '{"__proto__":1,'))), ['fields']);
  });

  it('of an earlier version has no seal: its counts are compared, and a part of a seal does not make it one of those', () => {
    const { controlRegion: _, keysSha256: __, previous: ___, seal: ____, ...unsealed } = evidence;
    const summaryOf = (value: object) => ({ summary: Buffer.from(JSON.stringify(value)) });

    assert.deepEqual(examined(summaryOf(unsealed)), { runId: runId(2), summary: { kind: 'unsealed', evidence: unsealed }, flaws: [] });
    assert.deepEqual(kinds(summaryOf({ ...unsealed, keys: 3 })), ['count']);
    assert.deepEqual(kinds(summaryOf({ ...unsealed, keysSha256: evidence.keysSha256 })), ['fields']);
  });

  it('shows one flipped bit at the beginning, in the middle and at the end of each line of both files', () => {
    for (const file of ['summary', 'keys'] as const)
      for (const at of samples(left[file]))
        assert.notDeepEqual(kinds({ [file]: flipped(left[file], at, at % 8) }), [], `${file}, byte ${at}`);
  });
});
