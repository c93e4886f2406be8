import { S3Client } from '@aws-sdk/client-s3';
import type { Store } from '../../core/ports/store.ts';
import type { Region } from '../../core/region.ts';
import { createS3Store } from '../store/s3-store.ts';
import { splitStore } from '../store/split-store.ts';
import { controlClient } from './control.ts';

/** The buckets, as a function on Lambda reaches them; without one for evidence, evidence lies in the working bucket. */
export const connectStore = (region: Region, workingBucket: string, evidenceBucket: string | undefined): Store => {
  const client = new S3Client({ ...controlClient(region) });
  const working = createS3Store({ client, bucket: workingBucket });
  return evidenceBucket === undefined ? working : splitStore({ working, evidence: createS3Store({ client, bucket: evidenceBucket }) });
};
