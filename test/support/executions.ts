import type { ExecutionStatus, Executions } from '../../core/ports/executions.ts';

/** Executions that have the statuses given; those that are started run for ever. */
export const executionsWith = (statuses: Readonly<Record<string, ExecutionStatus>> = {}) => {
  const known = new Map(Object.entries(statuses));
  const started: string[] = [];
  const executions: Executions = {
    async start(name) {
      if (known.has(name)) return 'exists';
      known.set(name, 'RUNNING');
      started.push(name);
      return 'started';
    },
    status: async (name) => known.get(name),
  };
  return { executions, started };
};
