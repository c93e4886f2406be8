import { z } from 'zod';
import { LIFECYCLE_EVENTS, type LifecycleEventType } from './lifecycle.ts';

/** The file that holds an event's schema: `Run Finished` is run-finished.schema.json. */
export const schemaFileOf = (type: LifecycleEventType): string => `${type.toLowerCase().replaceAll(' ', '-')}.schema.json`;

/** The published JSON Schema of an event's detail, draft 7 as EventBridge's schema registry and most generators take it. */
export const eventJsonSchema = (type: LifecycleEventType): Readonly<Record<string, unknown>> => ({
  ...z.toJSONSchema(LIFECYCLE_EVENTS[type], { target: 'draft-7' }),
  title: `${type}, detail of an event of mrk-failover`,
});

export const LIFECYCLE_EVENT_TYPES = Object.keys(LIFECYCLE_EVENTS) as readonly LifecycleEventType[];
