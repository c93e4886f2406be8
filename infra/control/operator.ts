import { CfnOutput } from 'aws-cdk-lib';
import { Alias, type FunctionUrl, FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { OPERATOR_RIGHTS, type OperatorRight } from '../../core/operator/requests.ts';
import type { ChainFunction } from './function.ts';

/** How one right is asked for: the alias that IAM decides about, and its URL. */
export interface Door {
  readonly alias: Alias;
  readonly url: FunctionUrl;
}

export type Doors = Readonly<Record<OperatorRight, Door>>;

/**
 * The operator's doors: an alias and a URL for each right, since IAM can tell aliases apart and not paths. Callers sign with their own
 * credentials, and the function answers only the path that bears the alias's name.
 */
export const createOperator = (scope: Construct, operator: ChainFunction): Doors =>
  Object.fromEntries(
    OPERATOR_RIGHTS.map((right): [OperatorRight, Door] => {
      const alias = new Alias(scope, `Operator-${right}`, { aliasName: right, version: operator.version });
      const url = alias.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
      new CfnOutput(scope, `Url-${right}`, {
        value: `MRK_FAILOVER_${right.toUpperCase()}_URL=${url.url}`,
        description: `For the environment of whoever may ${right}: the command mrk-failover ${right} calls this URL.`,
      });
      return [right, { alias, url }];
    }),
  ) as Doors;
