/** Compares two texts as DynamoDB and S3 do: by their UTF-8 bytes, which is not the order of JavaScript's own comparison. */
export const utf8Order = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
