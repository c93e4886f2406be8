import { createECDH, type KeyObject } from 'node:crypto';
import { readIntegers, writeIntegers } from './der-integers.ts';

/** The prime of a curve's field and the order of its base point: SEC 2 (https://www.secg.org/sec2-v2.pdf). */
interface Curve {
  readonly prime: bigint;
  readonly order: bigint;
}

const CURVES: Readonly<Record<string, Curve>> = {
  prime256v1: {
    prime: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  },
  secp256k1: {
    prime: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2fn,
    order: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
  },
  secp384r1: {
    prime: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  },
  secp521r1: {
    prime: 2n ** 521n - 1n,
    order: 2n ** 521n - 0x5ae79787c40d069948033feb708f65a2fc44a36477663b851449048e16ec79bf7n,
  },
};

interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

const curveOf = (key: KeyObject): { readonly name: string; readonly curve: Curve } => {
  const name = key.asymmetricKeyDetails?.namedCurve ?? '';
  const curve = CURVES[name];
  if (curve === undefined) throw new RangeError(`Expected a key on one of ${Object.keys(CURVES).join(', ')}, got ${name}.`);
  return { name, curve };
};

const modulo = (value: bigint, modulus: bigint): bigint => ((value % modulus) + modulus) % modulus;

/** The inverse of a value that shares no factor with the modulus, by Euclid. */
const inverse = (value: bigint, modulus: bigint): bigint => {
  let [rest, next] = [modulo(value, modulus), modulus];
  let [factor, nextFactor] = [1n, 0n];
  while (next !== 0n) {
    const quotient = rest / next;
    [rest, next] = [next, rest - quotient * next];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  return modulo(factor, modulus);
};

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);

const bytesOf = (value: bigint, length: number): Buffer => Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex');

const fieldBytesOf = ({ prime }: Curve): number => Math.ceil(prime.toString(16).length / 2);

const fromBase64Url = (text: string | undefined): bigint => numberOf(Buffer.from(text ?? '', 'base64url'));

/** As many of the digest's leading bits as the order has; no digest of KMS is longer than its curve's order. */
const digestNumber = (digest: Buffer): bigint => numberOf(digest);

const ecdhWith = (name: string, curve: Curve, scalar: bigint) => {
  const ecdh = createECDH(name);
  ecdh.setPrivateKey(bytesOf(scalar, fieldBytesOf(curve)));
  return ecdh;
};

const baseTimes = (name: string, curve: Curve, scalar: bigint): Point => {
  const uncompressed = ecdhWith(name, curve, scalar).getPublicKey();
  const middle = (uncompressed.length + 1) / 2;
  return { x: numberOf(uncompressed.subarray(1, middle)), y: numberOf(uncompressed.subarray(middle)) };
};

/** The sum of two points whose x differ. */
const sum = ({ prime }: Curve, one: Point, other: Point): Point => {
  const slope = modulo((other.y - one.y) * inverse(other.x - one.x, prime), prime);
  const x = modulo(slope * slope - one.x - other.x, prime);
  return { x, y: modulo(slope * (one.x - x) - one.y, prime) };
};

/**
 * ECDSA over a digest: FIPS 186-5, section 6.4.1. OpenSSL multiplies the points, by its Diffie-Hellman.
 * @returns the signature in DER
 */
export const signEcdsa = (privateKey: KeyObject, digest: Buffer): Buffer => {
  const { name, curve } = curveOf(privateKey);
  const secret = fromBase64Url(privateKey.export({ format: 'jwk' }).d);
  const ephemeral = createECDH(name);
  ephemeral.generateKeys();
  const nonce = numberOf(ephemeral.getPrivateKey());
  const r = modulo(baseTimes(name, curve, nonce).x, curve.order);
  const s = modulo(inverse(nonce, curve.order) * (digestNumber(digest) + r * secret), curve.order);
  return writeIntegers([r, s]);
};

/**
 * FIPS 186-5, section 6.4.2. Diffie-Hellman gives only x of a multiple of a given point, so u·G + v·Q is worked out as
 * v·(Q + (u/v)·G), whose x is all that counts.
 */
export const isEcdsaSignature = (publicKey: KeyObject, digest: Buffer, signature: Buffer): boolean => {
  const { name, curve } = curveOf(publicKey);
  const { order } = curve;
  const [r, s] = readIntegers(signature) ?? [];
  if (r === undefined || s === undefined || r <= 0n || s <= 0n || r >= order || s >= order) return false;
  const { x, y } = publicKey.export({ format: 'jwk' });
  const own = { x: fromBase64Url(x), y: fromBase64Url(y) };
  const scalar = modulo(r * inverse(s, order), order);
  // u/v is (digest/s)/(r/s).
  const share = modulo(digestNumber(digest) * inverse(r, order), order);
  const shifted = share === 0n ? own : shift(name, curve, own, share);
  if (shifted === undefined) return false;
  const length = fieldBytesOf(curve);
  const peer = Buffer.concat([Buffer.from([4]), bytesOf(shifted.x, length), bytesOf(shifted.y, length)]);
  return modulo(numberOf(ecdhWith(name, curve, scalar).computeSecret(peer)), order) === r;
};

/** Q + share·G; undefined in the case, which no one will ever see, that the two points have the same x. */
const shift = (name: string, curve: Curve, own: Point, share: bigint): Point | undefined => {
  const added = baseTimes(name, curve, share);
  return added.x === own.x ? undefined : sum(curve, own, added);
};
