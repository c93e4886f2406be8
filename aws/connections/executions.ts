import { SFNClient } from '@aws-sdk/client-sfn';
import type { Executions } from '../../core/ports/executions.ts';
import type { Region } from '../../core/region.ts';
import { createSfnExecutions } from '../executions/sfn-executions.ts';
import { controlClient } from './control.ts';

/** The state machine, as a function on Lambda reaches it. */
export const connectExecutions = (region: Region, stateMachineArn: string): Executions =>
  createSfnExecutions({ client: new SFNClient(controlClient(region)), stateMachineArn });
