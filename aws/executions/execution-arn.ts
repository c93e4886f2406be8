const STATE_MACHINE_ARN = /^(arn:[a-z0-9-]+:states:[a-z0-9-]+:\d{12}):stateMachine:([^:]+)(?::[^:]+)?$/;

/**
 * The ARN of an execution, which AWS forms from the state machine's; a version or an alias at the end has no part in it.
 * @throws when `stateMachineArn` is not the ARN of a state machine.
 */
export const executionArn = (stateMachineArn: string, name: string): string => {
  const [, base, machine] = STATE_MACHINE_ARN.exec(stateMachineArn) ?? [];
  if (base === undefined || machine === undefined) {
    throw new Error(
      `Expected the ARN of a state machine, arn:aws:states:<region>:<account>:stateMachine:<name>; got ${JSON.stringify(stateMachineArn)}.`,
    );
  }
  return `${base}:execution:${machine}:${name}`;
};
