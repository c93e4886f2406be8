import { Stack, Validations } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** Accepts findings of cdk-nag at one place of the tree, each with its reason. */
export const acknowledge = (construct: IConstruct, reasons: Readonly<Record<string, string>>): void => {
  for (const [id, reason] of Object.entries(reasons)) Validations.of(construct).acknowledge({ id, reason });
};

/** Accepts each resource with a wildcard in the statements, for one reason that holds for all of them. */
export const acknowledgeWildcards = (construct: IConstruct, statements: readonly PolicyStatement[], reason: string): void => {
  const resources = statements
    .flatMap((statement) => statement.resources)
    .map((resource) => asFound(Stack.of(construct).resolve(resource)));
  const wild = new Set(resources.filter((resource) => resource.includes('*')));
  acknowledge(construct, Object.fromEntries([...wild].map((resource) => [`AwsSolutions-IAM5[Resource::${resource}]`, reason])));
};

/** A resource as cdk-nag names it in a finding: what CloudFormation puts in stands in angle brackets. */
const asFound = (resolved: unknown): string => {
  if (typeof resolved === 'string') return resolved;
  if (typeof resolved !== 'object' || resolved === null) return '';
  if ('Ref' in resolved) return `<${String(resolved.Ref)}>`;
  if ('Fn::GetAtt' in resolved && Array.isArray(resolved['Fn::GetAtt'])) return `<${resolved['Fn::GetAtt'].join('.')}>`;
  if (!('Fn::Join' in resolved) || !Array.isArray(resolved['Fn::Join'])) return '';
  const [separator, parts] = resolved['Fn::Join'];
  return Array.isArray(parts) ? parts.map(asFound).join(String(separator)) : '';
};
