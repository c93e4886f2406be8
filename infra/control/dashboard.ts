import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IWidget,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { MetricName } from '../../functions/frame/telling/metrics.ts';
import { PREFIX } from '../names.ts';
import { ownMetric } from './alarms.ts';

export interface DashboardParts {
  readonly fleets: readonly string[];
  readonly region: string;
  readonly alarms: readonly Alarm[];
}

/** CloudWatch draws at most 500 series on a widget; beyond a hundred nobody tells them apart. */
const FLEETS_DRAWN_MAX = 100;

const OUTCOMES: readonly MetricName[] = [
  'KeysPromoted',
  'KeysAlreadyPrimary',
  'KeysUnproven',
  'KeysIneligible',
  'KeysBlocked',
  'KeysHalted',
  'KeysFailed',
];

/** The operator's view of one control Region. */
export const createDashboard = (scope: Construct, { fleets, region, alarms }: DashboardParts): void => {
  const drawn = fleets.slice(0, FLEETS_DRAWN_MAX);
  const byFleet = (title: string, name: MetricName, statistic: string, width = 8): IWidget =>
    new GraphWidget({
      title,
      width,
      height: 6,
      region,
      left: drawn.map((fleet) => ownMetric(name, statistic, Duration.minutes(1), fleet)),
    });
  const inAll = (title: string, names: readonly MetricName[], statistic: string, width = 8): IWidget =>
    new GraphWidget({
      title,
      width,
      height: 6,
      region,
      stacked: names.length > 1,
      left: names.map((name) => ownMetric(name, statistic, Duration.minutes(1))),
    });
  new Dashboard(scope, 'Dashboard', {
    dashboardName: `${PREFIX}-${region}`,
    widgets: [
      [
        new TextWidget({
          width: 24,
          height: 2,
          markdown: `# mrk-failover in ${region}\nFleets: ${drawn.join(', ')}. What an alarm asks for stands in docs/guides/runbook.md.`,
        }),
      ],
      [new AlarmStatusWidget({ title: 'Alarms', width: 24, height: 4, alarms: [...alarms] })],
      [inAll('Keys by outcome', OUTCOMES, 'Sum', 12), byFleet('Seconds to the last verified key', 'SecondsToLastVerified', 'Maximum', 12)],
      [
        byFleet('Age of blocked keys, in seconds', 'BlockedAgeSeconds', 'Maximum'),
        inAll('Throttled promotions', ['CallsThrottled'], 'Sum'),
        inAll('Promotions that no run sent', ['UnorderedPromotions'], 'Sum'),
      ],
      [
        byFleet('Lease held', 'LeasesHeld', 'Maximum'),
        byFleet('Seconds of cooldown left', 'CooldownSecondsLeft', 'Maximum'),
        byFleet('Seconds for which automation is switched off', 'AutomationDisabledSeconds', 'Maximum'),
      ],
      [
        byFleet('Seconds since every key of the fleet was listed', 'InventoryAgeSeconds', 'Maximum'),
        byFleet('Keys that the fleet file names and nobody finds', 'KeysNamedNotFound', 'Maximum'),
        byFleet('Multi-Region keys of the fleet’s accounts in no fleet', 'KeysOfNoFleet', 'Maximum'),
      ],
      [
        // With a range of its own, whatever the dashboard shows; the one value is the sum over all of it.
        new SingleValueWidget({
          title: 'Runs and drills of the last 30 days',
          width: 8,
          height: 6,
          region,
          start: '-P30D',
          setPeriodToTimeRange: true,
          metrics: (['RunsFinished', 'RunsNotGreen', 'DrillsFinished', 'DrillsNotGreen', 'ApprovalsRequested'] as const).map((name) =>
            ownMetric(name, 'Sum', Duration.days(1)),
          ),
        }),
        new GraphWidget({
          title: 'Drills of the last 90 days, by day',
          width: 8,
          height: 6,
          region,
          start: '-P90D',
          left: (['DrillsFinished', 'DrillsNotGreen'] as const).map((name) => ownMetric(name, 'Sum', Duration.days(1))),
        }),
        inAll('Ticks', ['TicksDone'], 'Sum'),
      ],
    ],
  });
};
