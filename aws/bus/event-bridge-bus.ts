import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type Bus, type BusEvent, EventsLost } from '../../core/ports/bus.ts';

/** PutEvents takes one to ten: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const eventsPerCallMax = 10;
const roundsMax = 3;
/** How many lost events an error names; the rest it counts. */
const namedMax = 10;

interface Lost {
  readonly event: BusEvent;
  readonly why: string;
}

const lostFrom = (busName: string, lost: readonly Lost[]): EventsLost => {
  const named = lost.slice(0, namedMax).map(({ event, why }) => `"${event.detailType}" (${why})`);
  const more = lost.length > namedMax ? ` and ${lost.length - namedMax} more` : '';
  const message = `Bus ${busName} did not take ${lost.length} event(s) in ${roundsMax} rounds: ${named.join(', ')}${more}.`;
  return new EventsLost(
    message,
    lost.map(({ event }) => event),
  );
};

const chunks = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/**
 * Lifecycle events to an EventBridge bus, with source `mrk-failover`. A call may succeed and still refuse some of its
 * entries; the answer's entries stand in the order of the request's, and only the refused ones are sent again.
 */
export const createEventBridgeBus = ({ client, busName }: { readonly client: EventBridgeClient; readonly busName: string }): Bus => {
  const putOnce = async (events: readonly BusEvent[]): Promise<readonly Lost[]> => {
    const Entries = events.map(({ detailType, detail }) => ({
      EventBusName: busName,
      Source: 'mrk-failover',
      DetailType: detailType,
      Detail: JSON.stringify(detail),
    }));
    try {
      const answer = await client.send(new PutEventsCommand({ Entries }));
      return events.flatMap((event, index) => {
        const entry = answer.Entries?.[index];
        return entry?.EventId === undefined
          ? [{ event, why: `${entry?.ErrorCode ?? 'no answer'}: ${entry?.ErrorMessage ?? 'no reason given'}` }]
          : [];
      });
    } catch (error) {
      // The other calls go on: one that fails must not take with it the events that it does not hold.
      return events.map((event) => ({ event, why: String(error) }));
    }
  };

  return {
    async put(events) {
      let lost: readonly Lost[] = [];
      let waiting = events;
      for (let round = 0; round < roundsMax && waiting.length > 0; round += 1) {
        const answers: Lost[] = [];
        for (const chunk of chunks(waiting, eventsPerCallMax)) answers.push(...(await putOnce(chunk)));
        lost = answers;
        waiting = lost.map(({ event }) => event);
      }
      if (lost.length > 0) throw lostFrom(busName, lost);
    },
  };
};
