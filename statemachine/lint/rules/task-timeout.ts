import { isJsonObject } from '../../../simulator/asl/json.ts';
import type { StateRule } from '../rule.ts';

/** A Task gives up later than its function: otherwise the function goes on unheard, and what it has done is not known. */
export const taskTimeout: StateRule = {
  name: 'task-timeout',
  check: ({ state }, { functionTimeoutSeconds }) => {
    if (state.Type !== 'Task') return [];
    const name = isJsonObject(state.Parameters) ? String(state.Parameters.FunctionName) : '';
    const ownSeconds = functionTimeoutSeconds[name];
    if (ownSeconds === undefined) return [`calls ${name}, and nobody says when that function times out.`];
    if (typeof state.TimeoutSeconds !== 'number') return ['has no TimeoutSeconds: it would wait for three years.'];
    if (state.TimeoutSeconds > ownSeconds) return [];
    return [`has TimeoutSeconds ${state.TimeoutSeconds}; expected more than the ${ownSeconds} seconds after which its function times out.`];
  },
};
