import { resolved } from './resolve.ts';
import { resourcesOf, type StackTemplate } from './stacks.ts';

/** A metric as `namespace name dimension=value …`, the dimensions in the order of their names. */
const written = (namespace: string, name: string, dimensions: ReadonlyArray<readonly [string, string]>): string =>
  [
    namespace,
    name,
    ...dimensions.map(([key, value]) => `${key}=${value}`).sort((a, b) => (a.startsWith('service') ? -1 : b.startsWith('service') ? 1 : 0)),
  ].join(' ');

interface Stat {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: ReadonlyArray<{ readonly Name: string; readonly Value: string }>;
}

const ofStat = ({ Namespace, MetricName, Dimensions = [] }: Stat): string =>
  written(
    Namespace,
    MetricName,
    Dimensions.map(({ Name, Value }) => [Name, Value]),
  );

const ofAlarm = (properties: Record<string, unknown>): readonly string[] => {
  const { Metrics } = properties as { readonly Metrics?: ReadonlyArray<{ readonly MetricStat?: { readonly Metric: Stat } }> };
  if (Metrics === undefined) return [ofStat(properties as unknown as Stat)];
  return Metrics.flatMap(({ MetricStat }) => (MetricStat === undefined ? [] : [ofStat(MetricStat.Metric)]));
};

/** Every metric that an alarm or a dashboard of a stack refers to. */
export const metricsShown = (stack: StackTemplate): readonly string[] => {
  const alarms = resourcesOf(stack, 'AWS::CloudWatch::Alarm').flatMap(([, { Properties }]) =>
    ofAlarm(resolved(stack, Properties) as Record<string, unknown>),
  );
  const widgets = resourcesOf(stack, 'AWS::CloudWatch::Dashboard').flatMap(([, { Properties }]) => {
    const body = JSON.parse(String(resolved(stack, Properties.DashboardBody))) as {
      readonly widgets: ReadonlyArray<{ readonly properties: { readonly metrics?: ReadonlyArray<readonly unknown[]> } }>;
    };
    return body.widgets.flatMap(({ properties }) => properties.metrics ?? []).map(ofWidget);
  });
  return [...new Set([...alarms, ...widgets])];
};

/** A dashboard's metric: namespace, name, then dimensions in pairs, then how it is drawn. */
const ofWidget = (metric: readonly unknown[]): string => {
  const [namespace, name, ...rest] = metric.filter((part) => typeof part === 'string').map(String);
  const dimensions = rest.flatMap((part, index): (readonly [string, string])[] => (index % 2 === 0 ? [[part, rest[index + 1] ?? '']] : []));
  return written(String(namespace), String(name), dimensions);
};
