import type { Fleet } from '../../../core/fleet/schema.ts';
import type { KmsFailure } from '../../../core/key/failure.ts';
import type { Tagging, Tags } from '../../../core/ports/tagging.ts';
import type { AccountId, Region } from '../../../core/region.ts';
import { pooled } from '../pooled.ts';
import type { Runtime } from '../runtime.ts';

/** How many questions the index is asked at once; its own limits are narrow. */
const QUESTIONS_AT_ONCE = 4;

/** What the index of tags knows of the keys that fleets may select. */
export interface IndexedTags {
  readonly tags: ReadonlyMap<string, Tags>;
  /** Whether every key with the tags that the fleets look for is among them. */
  readonly complete: boolean;
  /** Why not, when it was not the time that ran out. */
  readonly cutShortBy?: KmsFailure;
}

const tagsOf = (keys: Fleet['keys'] | undefined): readonly Tags[] => (keys !== undefined && 'tags' in keys ? [keys.tags] : []);

/**
 * The tags of all keys of a place that matter to a fleet: of its own when it selects by tags, and else of those that other fleets of
 * the account select by tags. An answer holds every tag of a key, so it tells of the others too.
 * @param selectors the fleet's own first
 */
export const indexedTags = async (
  index: Tagging,
  { clock }: Pick<Runtime, 'clock'>,
  [own, ...others]: ReadonlyArray<Fleet['keys']>,
  { account, region }: { readonly account: AccountId; readonly region: Region },
  msMax: number,
): Promise<IndexedTags> => {
  const questions = tagsOf(own).length > 0 ? tagsOf(own) : others.flatMap(tagsOf);
  const until = clock.now() + msMax;
  const answers = await pooled(questions, QUESTIONS_AT_ONCE, (tags) => index.keysTagged(account, region, tags, until - clock.now()));
  const failure = answers.flatMap((answer) => (answer.kind === 'failure' ? answer : (answer.cutShortBy ?? [])))[0];
  return {
    tags: new Map(answers.flatMap((answer) => (answer.kind === 'tagged' ? [...answer.tags] : []))),
    complete: answers.every((answer) => answer.kind === 'tagged' && answer.complete),
    ...(failure === undefined ? {} : { cutShortBy: failure }),
  };
};
