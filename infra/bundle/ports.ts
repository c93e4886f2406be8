import type { FunctionName } from '../../core/limits.ts';
import { RIGHTS } from '../permissions/rights.ts';

/** Ports whose clients a bundle may do without; each is a file of aws/connections. Table and store are needed by all. */
export const OPTIONAL_PORTS = ['bus', 'executions', 'kms', 'tagging', 'quotas'] as const;
export type OptionalPort = (typeof OPTIONAL_PORTS)[number];

/** The ports of these that the function has a right to use: what it may not do, it need not be able to. */
export const optionalPortsOf = (name: FunctionName): readonly OptionalPort[] => {
  const { announces, executions, member, asksTheIndexOfTags, asksForQuotas } = RIGHTS[name];
  const may: Readonly<Record<OptionalPort, boolean>> = {
    bus: announces,
    executions: executions.start || executions.look,
    kms: member !== undefined,
    tagging: asksTheIndexOfTags === true,
    quotas: asksForQuotas === true,
  };
  return OPTIONAL_PORTS.filter((port) => may[port]);
};
