import { createHash } from 'node:crypto';

/** The tag of a document: a digest of its text, as an S3 ETag is, so the same text has the same tag again. */
export const contentTag = (body: string | Uint8Array): string => createHash('sha256').update(body).digest('hex');
