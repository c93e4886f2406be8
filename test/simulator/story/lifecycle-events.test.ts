import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { Ajv, type ValidateFunction } from 'ajv';
import { LIFECYCLE_EVENT_TYPES, schemaFileOf } from '../../../core/events/json-schema.ts';
import type { BusEvent } from '../../../core/ports/bus.ts';
import { namedStory } from '../../../simulator/story/named/catalog.ts';
import { storyWith, toldFrom } from '../../support/stories.ts';

/** Small stories that have every lifecycle event between them but the one of a promotion that nobody ordered. */
const STORIES = ['approve', 'blocked-then-recovers', 'drill'] as const;
const KEYS = 3;

const ajv = new Ajv({ strict: true, allErrors: true });
/** What listeners are told that an event looks like: the files as they are published. */
const published = new Map<string, ValidateFunction>(
  LIFECYCLE_EVENT_TYPES.map((type) => [
    type,
    ajv.compile(JSON.parse(readFileSync(new URL(`../../../docs/events/${schemaFileOf(type)}`, import.meta.url), 'utf8'))),
  ]),
);

describe('What stories put on the bus', () => {
  const told: BusEvent[] = [];
  before(async () => {
    for (const name of STORIES) {
      const story = namedStory(name, storyWith({ keys: KEYS }));
      if ('sentence' in story) assert.fail(story.sentence);
      told.push(...(await toldFrom(story)).world.bus.events);
    }
  });
  const events = (type: string) => told.filter(({ detailType }) => detailType === type).map(({ detail }) => detail);

  it('is what the published schemas say, to the last field', () => {
    for (const { detailType, detail } of told) {
      const validate = published.get(detailType) ?? assert.fail(`there is no schema of ${detailType}`);
      assert.ok(validate(detail), `${detailType}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(detail)}`);
    }
    const types = new Set(told.map(({ detailType }) => detailType));
    assert.deepEqual(
      LIFECYCLE_EVENT_TYPES.filter((type) => !types.has(type)),
      ['Unordered Promotion'],
    );
  });

  it('is refused by these schemas when a field is missing or one too many', () => {
    for (const { detailType, detail } of told) {
      const validate = published.get(detailType);
      const { eventId: _, ...rest } = detail;
      assert.equal(validate?.(rest), false, detailType);
      assert.equal(validate?.({ ...detail, more: 1 }), false, detailType);
    }
  });

  it('asks a person with all that they need to answer', () => {
    const [asked, ...others] = events('Approval Requested');

    assert.deepEqual(others, []);
    assert.ok(asked !== undefined);
    assert.match(String(asked.gain), /KMS in us-east-1 still answers some calls: a move is possible now/);
    assert.match(String(asked.blastRadius), /^3 keys of fleet payments in .+ from us-east-1 to us-west-2\./);
    assert.match(String(asked.eta), /^about 4\d s at 4 keys a second and account/);
    assert.match(String(asked.ifNobodyAnswers), /^Nothing\. No key is moved; the question ends at 2026-10-20T11:/);
    assert.equal(asked.command, `mrk-failover approve ${asked.decision} --reason "…"`);
    assert.match(String(asked.objections), /posture: .+ What lifts it: a person who approves/);
  });

  it('tells of each run that it started and how it ended', () => {
    const ids = (type: string) =>
      events(type)
        .map(({ runId }) => String(runId))
        .toSorted();

    assert.deepEqual(ids('Run Finished'), ids('Run Started'));
    assert.ok(ids('Run Started').length >= STORIES.length);
  });
});
