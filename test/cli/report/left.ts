import type { Left, RunLeft } from '../../../cli/report/read/folder.ts';
import { render } from '../../../cli/report/render.ts';
import { pageOf } from '../../../cli/report/view/page.ts';
import { figuresOf } from '../../../core/evidence/figures.ts';
import type { EvidenceLine } from '../../../core/evidence/line-schema.ts';
import { resultOf } from '../../../core/outcome/outcome.ts';
import { accountId, region } from '../../../core/region.ts';

const [SOURCE, TARGET] = [region('us-east-1'), region('us-west-2')];
export const INTENT = 'payments-5423e0c191f5e9e9';
export const STARTED_AT = Date.parse('2026-05-04T03:00:00Z');

/** A key that moved, with what is different in `words`; called for one second a key, and proven ten seconds later. */
export const line = (number: number, words: Partial<EvidenceLine> = {}): EvidenceLine => ({
  account: accountId('111122223333'),
  keyId: `mrk-${number.toString(16).padStart(32, '0')}`,
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  outcome: 'promoted',
  origin: SOURCE,
  primary: TARGET,
  regions: [SOURCE, TARGET],
  proof: 'proven',
  provenIn: [TARGET],
  attempts: 1,
  requestIds: [`request-${number}`],
  sentAt: STARTED_AT + number * 1_000,
  verifiedAt: STARTED_AT + number * 1_000 + 10_000,
  notes: [],
  ...words,
});

/** A key that was not called for. */
export const blockedLine = (number: number): EvidenceLine => {
  const { sentAt: _, verifiedAt: __, ...rest } = line(number, { outcome: 'blocked', reason: 'PRIMARY_UNREACHABLE', attempts: 0 });
  return { ...rest, primary: SOURCE, requestIds: [] };
};

/** The evidence of a real run with these lines, as an earlier version left it: without a seal. */
export const run = (generation: number, lines: readonly EvidenceLine[], words: Partial<RunLeft['summary']> = {}): RunLeft => {
  const figures = figuresOf(lines);
  const startedAt = STARTED_AT + (generation - 1) * 600_000;
  return {
    lines,
    summary: {
      runId: `${words.intent ?? INTENT}-${generation}`,
      intent: INTENT,
      generation,
      fleet: 'payments',
      operation: 'failover',
      source: SOURCE,
      target: TARGET,
      incident: 'INC-7',
      result: resultOf(figures.outcomes, true),
      ...figures,
      inventoryComplete: true,
      startedAt,
      endedAt: startedAt + 60_000,
      notes: [],
      ...words,
    },
  };
};

/** What real runs have left, on which nothing was decided. */
export const left = (...runs: readonly RunLeft[]): Left => ({ runs, withoutSummary: [], decisions: [] });

export const html = (from: Left, intent?: string): string => render(pageOf(from, intent));

/** The data that the page's script gets. */
export const dataOf = (page: string) => {
  const [, json = ''] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page) ?? [];
  return JSON.parse(json);
};

/** What a person reads, without what is inline. */
export const wordsOf = (page: string): string =>
  page
    .replace(/<(script|style)[^>]*>.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ');
