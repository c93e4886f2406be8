import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Bus } from '../../core/ports/bus.ts';
import type { Region } from '../../core/region.ts';
import { createEventBridgeBus } from '../bus/event-bridge-bus.ts';
import { controlClient } from './control.ts';

/** The bus, as a function on Lambda reaches it. */
export const connectBus = (region: Region, busName: string): Bus =>
  createEventBridgeBus({ client: new EventBridgeClient(controlClient(region)), busName });
