import type { Case } from './case.ts';
import { CREATION_CASES } from './cases/creation.ts';
import { KEY_STATE_CASES } from './cases/key-states.ts';
import { LIST_CASES } from './cases/lists.ts';
import { PERMISSION_CASES } from './cases/permissions.ts';
import { PROMOTION_CASES } from './cases/promotion.ts';
import { PROPERTY_CASES } from './cases/properties.ts';
import { QUOTA_CASES } from './cases/quotas.ts';
import { SHAPE_CASES } from './cases/shapes.ts';
import { TRAIL_CASES } from './cases/trail.ts';
import { TOPIC_ORDER } from './topics.ts';

/** Every case, by its topic. */
export const TABLE: readonly Case[] = [
  ...PROMOTION_CASES,
  ...KEY_STATE_CASES,
  ...PROPERTY_CASES,
  ...QUOTA_CASES,
  ...LIST_CASES,
  ...PERMISSION_CASES,
  ...SHAPE_CASES,
  ...CREATION_CASES,
  ...TRAIL_CASES,
].toSorted((a, b) => TOPIC_ORDER.indexOf(a.topic) - TOPIC_ORDER.indexOf(b.topic));
