import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Fleet } from '../core/fleet/schema.ts';
import { ControlStack } from './control/control-stack.ts';
import type { CodeOf } from './control/function.ts';
import type { Deployment } from './deployment/schema.ts';
import { MemberRolesStack } from './member/member-roles-stack.ts';
import { PREFIX } from './names.ts';
import { SensorStack } from './sensor/sensor-stack.ts';

export interface AppParts {
  readonly deployment: Deployment;
  readonly fleets: ReadonlyMap<string, Fleet>;
  readonly codeOf: CodeOf;
  /** Whether CloudFormation's own rules are checked too; takes two seconds. */
  readonly validate: boolean;
  /** Where the templates go; the CDK's own choice when left out. */
  readonly outdir?: string;
}

/** Puts every stack together: one control stack for each control Region, and the templates for the accounts that own keys. */
export const buildApp = ({ deployment, fleets, codeOf, validate, outdir }: AppParts): App => {
  const app = new App({
    analyticsReporting: false,
    builtinCloudFormationValidation: validate,
    // What CloudFormation would refuse is refused here, and not only told.
    context: { '@aws-cdk/core:validateAgainstDefaultRules': true },
    ...(outdir === undefined ? {} : { outdir }),
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { writeSuppressionsToCloudFormation: true }));
  const [first, second] = deployment.control.regions.map(
    (region) => new ControlStack(app, `${PREFIX}-control-${region}`, { deployment, fleets, region, codeOf }),
  );
  // The first one makes the table for both.
  if (first !== undefined) second?.addStackDependency(first);
  new SensorStack(app, `${PREFIX}-sensor`, { deployment, fleets });
  new MemberRolesStack(app, `${PREFIX}-member`, { deployment, fleets, variant: 'full' });
  new MemberRolesStack(app, `${PREFIX}-member-observe-only`, { deployment, fleets, variant: 'observe-only' });
  return app;
};
