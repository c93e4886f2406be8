import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emfLines } from '../../../../functions/frame/telling/emf.ts';

describe('A measurement in CloudWatch’s format', () => {
  it('counts for the installation, and once more for the fleet', () => {
    const lines = emfLines({ fleet: 'payments', figures: { RunsFinished: 1, SecondsToLastVerified: 41.5 } }).map((line) =>
      JSON.parse(line),
    );

    assert.deepEqual(
      lines.map(({ _aws, ...values }) => ({ values, metrics: _aws.CloudWatchMetrics })),
      [
        {
          values: { service: 'mrk-failover', RunsFinished: 1, SecondsToLastVerified: 41.5 },
          metrics: [
            {
              Namespace: 'MrkFailover',
              Dimensions: [['service']],
              Metrics: [
                { Name: 'RunsFinished', Unit: 'Count' },
                { Name: 'SecondsToLastVerified', Unit: 'Seconds' },
              ],
            },
          ],
        },
        {
          values: { service: 'mrk-failover', fleet: 'payments', RunsFinished: 1, SecondsToLastVerified: 41.5 },
          metrics: [
            {
              Namespace: 'MrkFailover',
              Dimensions: [['service', 'fleet']],
              Metrics: [
                { Name: 'RunsFinished', Unit: 'Count' },
                { Name: 'SecondsToLastVerified', Unit: 'Seconds' },
              ],
            },
          ],
        },
      ],
    );
  });

  it('is no line at all without figures', () => assert.deepEqual(emfLines({ fleet: 'payments', figures: {} }), []));
});
