import { createHash, createHmac } from 'node:crypto';

/** What identifies the material of a key in this world, the same for all related keys. */
export interface MaterialName {
  readonly account: string;
  readonly keyId: string;
}

/** The secret bytes of symmetric and HMAC keys, all grown from one secret of the world, so that none need be stored. */
export class Materials {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** @param bytes 1 to 64 */
  bytesOf({ account, keyId }: MaterialName, bytes: number): Buffer {
    return createHmac('sha512', this.#secret).update(`${account}/${keyId}`).digest().subarray(0, bytes);
  }

  /** 64 hexadecimal digits, as in KeyMetadata's CurrentKeyMaterialId. */
  idOf(name: MaterialName): string {
    return createHash('sha256').update(this.bytesOf(name, 64)).digest('hex');
  }
}
