import { randomUUID } from 'node:crypto';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Store, WriteCondition } from '../../core/ports/store.ts';

/** A page holds 1,000 paths: a hundred thousand in all, while the largest run has a few thousand documents. */
const pagesMax = 100;

/**
 * How S3 says that a condition did not hold: 412 for a condition that is false, 409 when another write was under way at
 * the same moment, 404 for a tag where there is no object at all.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
const REFUSALS: readonly string[] = ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'];

const FIRST_BYTE = 'bytes=0-0';

const conditionHeaders = (condition: WriteCondition | undefined) => {
  if (condition === undefined) return {};
  return 'ifAbsent' in condition ? { IfNoneMatch: '*' } : { IfMatch: condition.ifTag };
};

interface S3StoreSettings {
  readonly client: S3Client;
  readonly bucket: string;
}

/**
 * The working bucket in S3. Tags are ETags. Reading a path that does not exist needs `s3:ListBucket`: without it S3
 * answers that access is denied, which throws here.
 *
 * Each document carries a mark in its metadata. The SDK sends a request again when the reply was lost, and then the
 * condition is refused because of our own first attempt; by the mark this is told apart from somebody else's write.
 */
export const createS3Store = ({ client, bucket }: S3StoreSettings): Store => {
  const read = async (path: string, range?: string) => {
    try {
      const request = new GetObjectCommand({ Bucket: bucket, Key: path, Range: range });
      const { Body: body, ETag: tag, Metadata: metadata } = await client.send(request);
      if (body === undefined || tag === undefined)
        throw new Error(`S3 sent ${path} of bucket ${bucket} without a body or without an ETag.`);
      return { body: await body.transformToString('utf-8'), tag, mark: metadata?.mark };
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  };

  /** The same for the sake of what S3 says of the document, with its first byte only: it may be larger than the memory that there is. */
  const look = async (path: string) => {
    try {
      return await read(path, FIRST_BYTE);
    } catch (error) {
      // An empty document has no first byte.
      if (error instanceof S3ServiceException && error.name === 'InvalidRange') return read(path);
      throw error;
    }
  };

  /** The tag of the document at `path`, if it is the one that was written with this mark. */
  const tagIfMarked = async (path: string, mark: string): Promise<string | undefined> => {
    try {
      const there = await look(path);
      return there?.mark === mark ? there.tag : undefined;
    } catch (error) {
      throw new Error(`S3 refused a write to ${path} of bucket ${bucket}, and then would not say whose document is there.`, {
        cause: error,
      });
    }
  };

  return {
    async get(path) {
      const there = await read(path);
      return there === undefined ? undefined : { body: there.body, tag: there.tag };
    },

    async tagOf(path) {
      return (await look(path))?.tag;
    },

    async put(path, body, condition) {
      const mark = randomUUID();
      // As bytes, because the SDK takes an empty text for no body at all, whose length it does not know.
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      const put = { Bucket: bucket, Key: path, Body: bytes, Metadata: { mark }, ...conditionHeaders(condition) };
      try {
        const { ETag: tag } = await client.send(new PutObjectCommand(put));
        if (tag === undefined) throw new Error(`S3 wrote ${path} to bucket ${bucket} and did not say its ETag.`);
        return tag;
      } catch (error) {
        if (condition === undefined || !(error instanceof S3ServiceException) || !REFUSALS.includes(error.name)) throw error;
        return tagIfMarked(path, mark);
      }
    },

    async list(pathPrefix) {
      const paths: string[] = [];
      let from: string | undefined;
      for (let page = 0; page < pagesMax; page += 1) {
        const list = new ListObjectsV2Command({ Bucket: bucket, Prefix: pathPrefix, ContinuationToken: from });
        const answer: ListObjectsV2CommandOutput = await client.send(list);
        for (const { Key: key } of answer.Contents ?? []) paths.push(key ?? '');
        from = answer.NextContinuationToken;
        if (from === undefined) return paths;
      }
      throw new Error(`Bucket ${bucket} has more than ${pagesMax} pages under ${pathPrefix}; expected fewer, and stopped reading there.`);
    },
  };
};
