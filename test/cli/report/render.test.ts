import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cspHash } from '../../../cli/report/embed.ts';
import { pageOf } from '../../../cli/report/view/page.ts';
import { blockedLine, dataOf, html, INTENT, left, line, run, wordsOf } from './left.ts';

const page = html(left(run(1, [line(1), line(2), blockedLine(3)])));

/** The content of every element of a name, with its attributes. */
const elements = (name: string): ReadonlyArray<{ readonly attributes: string; readonly content: string }> =>
  [...page.matchAll(new RegExp(`<${name}([^>]*)>(.*?)</${name}>`, 'gs'))].map(([, attributes = '', content = '']) => ({
    attributes,
    content,
  }));

describe('The page', () => {
  it('holds every key once', () => {
    for (const { keyId } of [line(1), line(2), line(3)]) assert.equal(page.split(keyId).length - 1, 1, keyId);
  });

  it('loads nothing: no element names an address, and the policy allows none', () => {
    const markup = page.replace(/<(script|style)[^>]*>.*?<\/\1>/gs, '');
    assert.doesNotMatch(markup, /\s(src|href|srcset|action|style|on\w+)=/i);
    assert.doesNotMatch(page, /url\(|@import/i);
    assert.match(page, /<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; /);
  });

  it('allows the scripts and the style that are in it by their hashes, and no other', () => {
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const scripts = elements('script').filter(({ attributes }) => attributes === '');
    const styles = elements('style');
    const allowed = (name: string) => new RegExp(`${name} ([^;]*)`).exec(policy.replaceAll('&#39;', "'"))?.[1]?.split(' ');

    assert.equal(scripts.length, 2);
    assert.deepEqual(
      allowed('script-src'),
      scripts.map(({ content }) => cspHash(content)),
    );
    assert.deepEqual(
      allowed('style-src'),
      styles.map(({ content }) => cspHash(content)),
    );
  });

  it('has a script that makes no markup of text', () => {
    assert.doesNotMatch(elements('script').at(-1)?.content ?? '', /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b/);
  });

  it('calls real runs nothing but what they are, and says that no least time and no decision is on record', () => {
    assert.doesNotMatch(wordsOf(page), /simulated|seed/i);
    assert.match(wordsOf(page), /The rate that was configured is not on record/);
    assert.match(wordsOf(page), /No decision is on record here/);
  });

  it('shows what became of a key in a run that was started by hand', () => {
    const byHand = html(left(run(1, [line(1), blockedLine(2)]), run(2, [line(2)], { runId: 'finish-payments' })));

    assert.match(wordsOf(byHand), /MOVED failover .* finish-payments : MOVED/);
    assert.deepEqual(
      dataOf(byHand).rows.map((row: { readonly run: string }) => row.run),
      [`${INTENT}-1`, 'finish-payments'],
    );
  });

  it('names the folders that it does not tell of, for want of a summary', () => {
    assert.match(
      wordsOf(html({ ...left(run(1, [line(1)])), withoutSummary: ['x-2', 'x-3'] })),
      /Not told of here: x-2, x-3\. These folders have no summary\.json , .* a run is still in progress/,
    );
    assert.doesNotMatch(wordsOf(page), /Not told of here/);
  });

  it('is made of the summaries of its runs, and of no lines but those that stand', () => {
    const { ended, runs } = pageOf(left(run(1, [line(1)]), run(2, [line(1)])));

    assert.deepEqual(Object.keys(ended), ['result', 'source', 'target']);
    assert.doesNotMatch(JSON.stringify(runs), /keyId/);
  });

  it('says of evidence that was written before there were seals that it has none', () => {
    assert.match(wordsOf(page), /seal none: an earlier version wrote this evidence/);
  });
});

const HOSTILE = `</script><img src=x onerror="alert(1)">'\u2028\u202e-->`;
/** What is left of it where it is shown: nothing that turns or breaks a line. */
const SHOWN = `</script><img src=x onerror="alert(1)">'\\u2028\\u202e-->`;

describe('Hostile text', () => {
  const { summary, lines } = run(1, [{ ...blockedLine(1), detail: HOSTILE, notes: [HOSTILE], requestIds: [HOSTILE] }], {
    notes: [HOSTILE],
    incident: HOSTILE,
    fleet: HOSTILE,
  });
  const decision = { state: 'decided', at: 0, fleet: HOSTILE, signal: HOSTILE, verb: 'start', rule: HOSTILE, why: HOSTILE } as const;
  const attacked = html({ ...left({ summary, lines }), decisions: [{ id: HOSTILE, decision }] });

  it('stays text in the page', () => {
    assert.doesNotMatch(attacked, /<img|\u2028|\u202e/);
    assert.equal(attacked.split('</script>').length, page.split('</script>').length);
    assert.match(attacked, /&lt;\/script&gt;&lt;img src=x onerror=&quot;alert\(1\)&quot;&gt;&#39;\\u2028\\u202e--&gt;/);
  });

  it('stays text in the data, where the script sets it as such', () => {
    const [row] = dataOf(attacked).rows;
    assert.deepEqual([row.notes, row.requestIds], [[SHOWN, SHOWN], [SHOWN]]);
  });
});

describe('A page of blocked keys', () => {
  const words = wordsOf(html(left(run(1, [line(1), blockedLine(2)]))));

  it('says what that means, why it is so, and what lifts it', () => {
    assert.match(words, /BLOCKED/);
    assert.match(words, /1 of 2 keys could not move: .* us-east-1 does not answer\./);
    assert.match(words, /PRIMARY_UNREACHABLE : KMS in the primary’s Region does not answer/);
    assert.match(words, /moved without anybody’s help when their Region answers again/);
  });
});

describe('A page of 25,000 keys', () => {
  const moved = Array.from({ length: 24_000 }, (_, index) => line(index));
  const others = Array.from({ length: 1_000 }, (_, index) => blockedLine(24_000 + index));
  const large = html(left(run(1, [...moved, ...others])));

  it('holds those that did not move, says which it leaves out, and names the file that has all', () => {
    const { rows } = dataOf(large);
    assert.equal(rows.length, 1_000);
    assert.ok(rows.every(({ outcome }: { readonly outcome: string }) => outcome === 'blocked'));
    assert.match(
      wordsOf(large),
      /Not all 25,000 keys are on this page\. 24,000 that were promoted are left out: .* Every key has its line in evidence\/…\/keys\.jsonl/,
    );
  });

  it('draws all of them in a chart of few points', () => {
    const { chart } = dataOf(large);
    assert.deepEqual([chart.called.at(-1), chart.proven.at(-1)], [24_000, 24_000]);
    assert.ok(chart.seconds.length < 500);
  });
});
