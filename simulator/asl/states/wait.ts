import type { WaitState } from '../definition/definition.ts';
import { runtimeFailure } from '../failure.ts';
import { pause, type Visit } from '../frame.ts';
import { lookUp, type Sources } from '../path.ts';
import { parseTimestamp } from '../timestamp.ts';

const waitMs = (state: WaitState, sources: Sources, now: number): number => {
  const { until } = state;
  switch (until.kind) {
    case 'seconds':
      return until.seconds * 1_000;
    case 'timestamp':
      return until.at - now;
    case 'secondsPath': {
      const seconds = lookUp(until.path, sources) ?? null;
      if (typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= 0) return seconds * 1_000;
      throw runtimeFailure(`State "${state.name}" expected whole seconds at ${until.path.text}, got ${JSON.stringify(seconds)}.`);
    }
    case 'timestampPath': {
      const text = lookUp(until.path, sources) ?? null;
      const at = typeof text === 'string' ? parseTimestamp(text) : undefined;
      if (at !== undefined) return at - now;
      throw runtimeFailure(`State "${state.name}" expected a timestamp at ${until.path.text}, got ${JSON.stringify(text)}.`);
    }
  }
};

/** Waits, somewhat longer than it should; a moment that has passed is not waited for. */
export const runWait = async (state: WaitState, sources: Sources, { frame }: Visit): Promise<void> => {
  const { engine } = frame.execution;
  const ms = waitMs(state, sources, engine.clock.now());
  if (ms > 0) await pause(frame, ms + engine.latency.waitLateMs(frame.latencyRandom));
};
