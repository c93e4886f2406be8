import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { leaveEvidence } from '../../../cli/leave-evidence.ts';
import { writeReport } from '../../../cli/report/write-report.ts';
import { namedStory } from '../../../simulator/story/named/catalog.ts';
import { type StoryWords, storyWith, tell, toldFrom } from '../../support/stories.ts';
import { dataOf, wordsOf } from './left.ts';

const root = mkdtempSync(join(tmpdir(), 'mrk-failover-report-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** Plays a story, leaves it in a folder, and reads the page that lies there then. */
const pageOf = async (name: string, told: ReturnType<typeof tell>) => {
  const { world, figures } = await told;
  const page = readFileSync(await leaveEvidence(join(root, name), world, figures), 'utf8');
  return { page, words: wordsOf(page), figures, keys: world.kms.truth().keys };
};
const named = (name: string, words: StoryWords) => {
  const story = namedStory(name, storyWith(words));
  return 'sentence' in story ? assert.fail(story.sentence) : pageOf(name, toldFrom(story));
};

const [moved, dark, refused, noise, approve, drill] = await Promise.all([
  pageOf('moved', tell({ keys: 12 })),
  pageOf('dark', tell({ keys: 4, faults: ['source-down'] })),
  pageOf('refused', tell({ keys: 12, seed: '4', faults: ['lost-reply'] })),
  named('noise', { keys: 2 }),
  named('approve', { keys: 4 }),
  named('drill', { keys: 4 }),
]);

describe('The page that a story leaves', () => {
  it('holds every key once, and says what it is beside every figure: simulated, and of which seed', () => {
    for (const { keyId } of moved.keys) assert.equal(moved.page.split(keyId).length - 1, 1, keyId);
    assert.match(moved.words, /MOVED failover of fleet payments, us-east-1 → us-west-2 Simulated\. Every figure .* seed 1 ;/i);
    assert.match(moved.words, /All 12 keys are where they shall be/);
    const sources = [...moved.page.matchAll(/<p class="source">(?!Times)(.*?)<\/p>/g)].map(([, source = '']) => source);
    assert.ok(sources.length > 5);
    assert.ok(sources.every((source) => source.startsWith('Simulated, seed 1; from ')));
  });

  it('shows the least time possible, and the run’s own time over it', () => {
    const { chart } = dataOf(moved.page);
    assert.equal(chart.floor.at(-1), 12);
    assert.match(moved.words, /least time possible 3\.0 s at the configured rate/);
  });

  it('says why the run was started, with the answers of the guards', () => {
    assert.match(
      moved.words,
      /started a run came AWS Health: AWS_KMS_OPERATIONAL_ISSUE open in us-east-1 decision start by the rule SOURCE_DEGRADED/,
    );
    assert.match(moved.words, /impairment: pass KMS in us-east-1 is degraded/);
    assert.match(moved.words, /pass, without a remark stop-switch, posture,/);
  });

  it('shows the seal of the run’s evidence', () => {
    assert.match(moved.words, /seal [0-9a-f]{64} SHA-256 of its keys\.jsonl [0-9a-f]{64}/);
  });

  it('has no chart where no key was called for, and the reason why', () => {
    assert.equal(dataOf(dark.page).chart, undefined);
    assert.match(dark.words, /No key was called for/);
    assert.match(dark.words, /4 PRIMARY_UNREACHABLE : KMS in the primary’s Region does not answer/);
    assert.match(dark.words, /struck [\d,]+ times/);
  });

  it('shows a run that a guard refused, with what lifts it', () => {
    assert.match(refused.words, /-1 : refused by a guard .* refused by target-healthy: .* What lifts it: /);
  });

  it('is there for a story without a run, which tells what was decided and not done', () => {
    assert.match(noise.words, /NOTHING TO DO/);
    assert.match(noise.words, /No run was started\./);
    assert.match(noise.words, /had nothing to decide/);
    assert.match(noise.words, /No run left evidence of a key\./);
  });

  it('tells the chapters of a story with a name, and who answered the question', () => {
    assert.match(approve.words, /What happened .*5 min 04 s Five minutes later nobody has answered/);
    assert.match(approve.words, /posture: refuse .* What lifts it: a person who approves/);
    assert.match(approve.words, /question to a person approved by arn:aws:sts::111122223333:assumed-role\/operators\/alice at 2026-/);
  });

  it('tells what a drill used its keys for meanwhile', () => {
    assert.match(drill.words, /[\d,]+ cryptographic calls, of which 0 failed\./);
    assert.match(drill.words, /so there is no least time to draw/);
  });

  it('is the same when it is made anew', async () => {
    assert.equal(readFileSync(await writeReport(join(root, 'moved')), 'utf8'), moved.page);
  });
});
