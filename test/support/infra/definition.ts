/** One Task of a definition. */
export interface TaskFacts {
  /** As functions/ calls it. */
  readonly functionName: string;
  readonly timeoutSeconds: number;
}

/** Every Task of a definition, however deep in its Maps. */
export const tasksOf = (definition: string): readonly TaskFacts[] => within(JSON.parse(definition));

const within = (value: unknown): readonly TaskFacts[] => {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(within);
  if (!('Type' in value) || value.Type !== 'Task') return inner;
  const { Parameters, TimeoutSeconds } = value as unknown as { Parameters: { FunctionName: string }; TimeoutSeconds: number };
  return [
    { functionName: Parameters.FunctionName.replace(/^\$\{(\w+)FunctionArn\}$/, '$1').toLowerCase(), timeoutSeconds: TimeoutSeconds },
    ...inner,
  ];
};
