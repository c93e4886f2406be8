import { Metrics } from '@aws-lambda-powertools/metrics';
import { METRICS, METRICS_NAMESPACE, METRICS_SERVICE, type Measurement, type MetricName } from './metrics.ts';

/**
 * A measurement as lines in CloudWatch's embedded metric format: one for the installation, and one more for the fleet, since
 * CloudWatch does not add up over a dimension and an alarm has to look at one series.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const emfLines = ({ fleet, figures }: Measurement): readonly string[] => {
  if (Object.keys(figures).length === 0) return [];
  return [emfLine(figures, {}), ...(fleet === undefined ? [] : [emfLine(figures, { fleet })])];
};

const emfLine = (figures: Measurement['figures'], dimensions: Readonly<Record<string, string>>): string => {
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName: METRICS_SERVICE });
  metrics.addDimensions({ ...dimensions });
  for (const [name, value] of Object.entries(figures)) metrics.addMetric(name, METRICS[name as MetricName], value);
  return JSON.stringify(metrics.serializeMetrics());
};
