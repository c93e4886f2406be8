import { CfnOutput } from 'aws-cdk-lib';
import { Alias, FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { OPERATOR_RIGHTS, type OperatorRight } from '../../core/operator/requests.ts';
import type { ChainFunction } from './function.ts';

/** The alias of each right, and through it the URL. */
export type Doors = ReadonlyMap<OperatorRight, Alias>;

/**
 * The operator's doors: an alias and a URL for each right, since IAM can tell aliases apart and not paths. Callers sign with their own
 * credentials, and the function answers only the path that bears the alias's name.
 */
export const createOperator = (scope: Construct, operator: ChainFunction): Doors =>
  new Map(
    OPERATOR_RIGHTS.map((right) => {
      const alias = new Alias(scope, `Operator-${right}`, { aliasName: right, version: operator.version });
      const { url } = alias.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
      new CfnOutput(scope, `Url-${right}`, { value: url, description: `POST to ${right} here, signed (SigV4, service lambda).` });
      return [right, alias];
    }),
  );
