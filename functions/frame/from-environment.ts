import { Logger } from '@aws-lambda-powertools/logger';
import { systemClock } from '../../aws/clock/system-clock.ts';
import { type Region, regionSchema } from '../../core/region.ts';
import { lazyPort } from './lazy-port.ts';
import type { Runtime } from './runtime.ts';
import { NO_RUN } from './session.ts';
import { parseSettings } from './settings.ts';
import { emfLines } from './telling/emf.ts';
import { METRICS_SERVICE } from './telling/metrics.ts';

/**
 * The runtime of a function on AWS. A service's client is loaded when it is first needed: most functions need half of them.
 * @param sessionName under which name the member accounts' roles are assumed, asked whenever clients are needed
 * @throws WrongSettingsError when the environment is not right
 */
export const runtimeFromEnvironment = (
  environment: Readonly<Record<string, string | undefined>>,
  sessionName: () => string = () => NO_RUN,
): Runtime => {
  const settings = parseSettings(environment);
  const { AWS_REGION: controlRegion } = settings;
  const logger = new Logger({ serviceName: METRICS_SERVICE });
  const clock = systemClock;
  const random = { uniform: Math.random };
  const member = { roleName: settings.MEMBER_ROLE_NAME, externalId: settings.MEMBER_EXTERNAL_ID, sessionName, stsRegion: controlRegion };
  return {
    clock,
    random,
    table: lazyPort(async () => (await import('../../aws/connections/table.ts')).connectTable(controlRegion, settings.TABLE_NAME)),
    store: lazyPort(async () =>
      (await import('../../aws/connections/store.ts')).connectStore(controlRegion, settings.BUCKET_NAME, settings.EVIDENCE_BUCKET_NAME),
    ),
    bus: lazyPort(async () => (await import('../../aws/connections/bus.ts')).connectBus(controlRegion, settings.BUS_NAME)),
    executions: lazyPort(async () =>
      (await import('../../aws/connections/executions.ts')).connectExecutions(controlRegion, settings.STATE_MACHINE_ARN),
    ),
    kms: lazyPort(async () => (await import('../../aws/connections/kms.ts')).connectKms(member, { clock, random })),
    tagging: lazyPort(async () => (await import('../../aws/connections/tagging.ts')).connectTagging(member, { clock, random })),
    quotas: lazyPort(async () => (await import('../../aws/connections/quotas.ts')).connectQuotas(member, { clock, random })),
    controlRegion,
    peerRegions: (settings.CONTROL_REGIONS ?? '').split(',').flatMap((code) => peerOf(controlRegion, code)),
    ...(settings.OPERATOR_APPROVE_URL === undefined ? {} : { approveUrl: settings.OPERATOR_APPROVE_URL }),
    log: (message, facts) => logger.info(message, { ...facts }),
    measure: (measurement) => {
      // CloudWatch takes the figures out of the log, where each line of this form is one.
      for (const line of emfLines(measurement)) console.log(line);
    },
  };
};

const peerOf = (controlRegion: Region, code: string): readonly Region[] => {
  const { data } = regionSchema.safeParse(code);
  return data === undefined || data === controlRegion ? [] : [data];
};
