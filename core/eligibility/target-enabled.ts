import { viewIn } from '../key/agree.ts';
import { enabledOn } from './enabled.ts';
import type { Rule } from './rule.ts';

/** The replica to be promoted must be enabled as well: https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-update.html */
export const targetEnabled: Rule = ({ target, readings }) => enabledOn(viewIn(readings, target), 'TARGET_DISABLED');
