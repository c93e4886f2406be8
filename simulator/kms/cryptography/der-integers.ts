const SEQUENCE = 0x30;
const INTEGER = 0x02;
const LONG_LENGTH = 0x81;

const withLength = (tag: number, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(body.length < 0x80 ? [tag, body.length] : [tag, LONG_LENGTH, body.length]), body]);

const writeInteger = (value: bigint): Buffer => {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return withLength(INTEGER, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.from([0]), bytes]));
};

/** A SEQUENCE of INTEGERs in DER, as ECDSA signatures are written; at most 255 bytes of them, none negative. */
export const writeIntegers = (values: readonly bigint[]): Buffer => withLength(SEQUENCE, Buffer.concat(values.map(writeInteger)));

/** The body of the element that begins at `at`, and where it ends. */
const element = (der: Buffer, at: number, tag: number): { readonly from: number; readonly to: number } | undefined => {
  const isLong = der[at + 1] === LONG_LENGTH;
  const length = der[at + (isLong ? 2 : 1)];
  if (der[at] !== tag || length === undefined || (!isLong && length >= 0x80)) return undefined;
  const from = at + (isLong ? 3 : 2);
  return from + length <= der.length ? { from, to: from + length } : undefined;
};

/** @returns undefined when the bytes are not exactly one SEQUENCE of INTEGERs in DER. */
export const readIntegers = (der: Buffer): readonly bigint[] | undefined => {
  const sequence = element(der, 0, SEQUENCE);
  if (sequence === undefined || sequence.to !== der.length) return undefined;
  const values: bigint[] = [];
  for (let at = sequence.from; at < sequence.to; ) {
    const integer = element(der, at, INTEGER);
    if (integer === undefined || integer.from === integer.to) return undefined;
    values.push(BigInt(`0x${der.toString('hex', integer.from, integer.to)}`));
    at = integer.to;
  }
  return writeIntegers(values).equals(der) ? values : undefined;
};
