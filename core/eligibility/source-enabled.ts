import { viewIn } from '../key/agree.ts';
import { enabledOn } from './enabled.ts';
import type { Rule } from './rule.ts';

/** KMS moves the role of enabled primaries only: https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-update.html */
export const sourceEnabled: Rule = ({ primary, readings }) =>
  enabledOn(primary === undefined ? undefined : viewIn(readings, primary), 'SOURCE_DISABLED');
