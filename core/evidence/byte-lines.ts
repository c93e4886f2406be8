const LINE_END = 0x0a;

/** The lines of a file without their line ends, one at a time; what follows the last line end is a line only if it is not empty. */
export function* byteLines(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(LINE_END, start);
    const end = found === -1 ? bytes.length : found;
    yield bytes.subarray(start, end);
    start = end + 1;
  }
}
