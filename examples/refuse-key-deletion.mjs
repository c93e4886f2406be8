// A gate for pipelines: ends with 1 when a plan would schedule the deletion of a multi-Region key, or replace one, which is the same.
// Needs Node.js and nothing else.
//
//   terraform show -json plan.out | node refuse-key-deletion.mjs
//   aws cloudformation describe-change-set --stack-name s --change-set-name c | node refuse-key-deletion.mjs
import { text } from 'node:stream/consumers';

const TERRAFORM_KEY = /^aws(?:cc)?_kms_(?:replica_|external_|replica_external_)?key$/;
const CLOUDFORMATION_KEYS = ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'];

/** Single-Region keys are none of this gate's business. What cannot be told from one is. */
const isMultiRegion = (...ids) => {
  const known = ids.filter((id) => typeof id === 'string');
  return known.length === 0 || known.some((id) => /(?:^|\/)mrk-/.test(id));
};

/** https://developer.hashicorp.com/terraform/internals/json-format#change-representation: a replacement is a delete and a create. */
const inTerraform = ({ type, address, change: { actions, before } }) =>
  TERRAFORM_KEY.test(type) && actions.includes('delete') && isMultiRegion(before?.key_id, before?.id, before?.arn)
    ? [`${address}: ${actions.join(' and ')}${actions.length > 1 ? ', a replacement' : ''}`]
    : [];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html */
const inCloudFormation = ({ ResourceChange: change }) => {
  if (change === undefined || !CLOUDFORMATION_KEYS.includes(change.ResourceType)) return [];
  const isKept = change.Action === 'Remove' && change.PolicyAction === 'Retain';
  const isGone = ['Remove', 'Dynamic'].includes(change.Action) || ['True', 'Conditional'].includes(change.Replacement);
  const what = [change.Action, change.PolicyAction, change.Replacement && `Replacement ${change.Replacement}`].filter(Boolean);
  return isGone && !isKept && isMultiRegion(change.PhysicalResourceId) ? [`${change.LogicalResourceId}: ${what.join(', ')}`] : [];
};

const parsed = (plan) => {
  try {
    return JSON.parse(plan);
  } catch {
    return undefined;
  }
};

const leave = (code, ...sentences) => {
  process.exitCode = code;
  console.error(sentences.join('\n'));
};

const plan = parsed(await text(process.stdin));
if (plan?.errored === true) leave(2, 'The plan ended in an error, so that it may lack changes; nothing can be said of it.');
else if (plan?.NextToken !== undefined) leave(2, 'The change set has further pages; nothing can be said of a part of it.');
else if (!Array.isArray(plan?.resource_changes) && !Array.isArray(plan?.Changes))
  leave(2, 'Expected on stdin what `terraform show -json` or `aws cloudformation describe-change-set` prints, in JSON, with its changes.');
else {
  const found = [...(plan.resource_changes ?? []).flatMap(inTerraform), ...(plan.Changes ?? []).flatMap(inCloudFormation)];
  if (found.length > 0)
    leave(1, 'This would schedule the deletion of multi-Region keys. Has their primary been moved?', ...found.map((line) => `- ${line}`));
}
