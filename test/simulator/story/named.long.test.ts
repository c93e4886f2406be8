import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NAMED_STORIES, namedStory } from '../../../simulator/story/named/catalog.ts';
import { outcomesOf, primariesBy, storyWith, toldFrom } from '../../support/stories.ts';

const KEYS = 12;

interface Ending {
  readonly keys?: number;
  readonly result: string;
  readonly at: string;
  readonly tells: readonly RegExp[];
}

/** How each story ends, where its keys are then, and what it must have told, in this order. */
const ENDINGS: Readonly<Record<string, Ending>> = {
  automatic: {
    result: 'moved',
    at: 'us-west-2',
    tells: [/Decision: start \(SOURCE_DEGRADED\)/, /DUPLICATE/, /ended as moved: 12 promoted/, /closed in us-east-1\. Decision: ignore/],
  },
  approve: {
    result: 'moved',
    at: 'us-west-2',
    tells: [
      /Decision: approve \(POSTURE_APPROVE\)/,
      /A person is asked\. Gain: .+ It touches: .*12 keys .+ It takes: /,
      /If nobody answers: Nothing.*mrk-failover approve/,
      /nothing was started/,
      /alice approved .*begins/,
      /ended as moved: 12 promoted/,
      /was used already/,
    ],
  },
  noise: {
    result: 'nothing-to-do',
    at: 'us-east-1',
    tells: [
      ...['SERVICE_NOT_WATCHED', 'NOT_AN_ISSUE', 'NOT_OPEN', 'STALE', 'NO_PRIMARIES_THERE'].map(
        (rule) => new RegExp(`ignore \\(${rule}\\)`),
      ),
      /concerns no Region of fleet payments/,
      /observe \(SOURCE_HEALTHY\).*What lifts it: probes that find the source degraded or unreachable/,
      ...['DUPLICATE', 'ALARM_OFF', 'ALARM_WITHOUT_DATA', 'dead-letter queue'].map((word) => new RegExp(word)),
      /no run was started, and no key was touched/,
    ],
  },
  drill: {
    result: 'moved',
    at: 'us-east-1',
    tells: [/starts a drill/, /ended as moved: 12 promoted/, /[1-9]\d* calls, of which 0 failed/],
  },
  'drill-interrupted': {
    // So many that some have not moved yet when the incident begins.
    keys: 40,
    result: 'moved',
    at: 'us-west-2',
    tells: [/takes the fleet from run .*, a drill/, /ended as moved/, /NOT_RETURNED/, /The drill became a failover/],
  },
  'blocked-then-recovers': {
    result: 'moved',
    at: 'us-west-2',
    tells: [
      /SOURCE_UNREACHABLE\).*keys will be parked/,
      /ended as blocked: 12 blocked/,
      /minute tick finds .* and starts/,
      /ended as moved: 12 promoted/,
    ],
  },
  failback: {
    result: 'moved',
    at: 'us-east-1',
    tells: [/did not begin: home-stable: .*What lifts it: the end of the stability window/, /ended as moved: 12 promoted/],
  },
  stopped: {
    // So many that some have not been called for yet when the operator stops it.
    keys: 40,
    result: 'moved',
    at: 'us-west-2',
    tells: [
      /alice stopped run/,
      /ended as partly: \d+ promoted, \d+ halted \(\d+ STOPPED\)/,
      /ended as moved: \d+ promoted, \d+ already-primary/,
    ],
  },
};

for (const [name, { keys = KEYS, result, at, tells }] of Object.entries(ENDINGS)) {
  test(`the story "${name}" explains what happened and why, in the order in which it did`, async () => {
    const story = namedStory(name, storyWith({ keys }));
    if ('sentence' in story) assert.fail(story.sentence);
    const { figures, world } = await toldFrom(story);
    const texts = figures.chapters.map(({ text }) => text);

    let from = 0;
    for (const tell of tells) {
      const found = texts.findIndex((text, index) => index >= from && tell.test(text));
      assert.ok(found >= 0, `${tell} was not told after chapter ${from} of:\n${texts.join('\n')}`);
      from = found + (tells.indexOf(tell) === tells.length - 1 ? 0 : 1);
    }
    assert.equal(figures.result, result);
    assert.deepEqual(primariesBy(world), { [at]: keys });
    assert.deepEqual(
      Object.keys(outcomesOf(figures)).filter((kind) => !['promoted', 'alreadyPrimary'].includes(kind)),
      [],
    );
  });
}

test('every story that has a name is told here, and one that has none is refused with those there are', () => {
  assert.deepEqual(Object.keys(NAMED_STORIES), Object.keys(ENDINGS));
  assert.deepEqual(namedStory('nois', storyWith()), {
    sentence: `There is no story named 'nois'. Did you mean 'noise'? The stories are ${Object.keys(ENDINGS).join(', ')}.`,
  });
});
