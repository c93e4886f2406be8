/** A function's own message out of the JSON that Step Functions keeps as the cause of a failure. */
export const functionMessage = (cause: string | undefined): string => {
  try {
    const parsed: unknown = JSON.parse(cause ?? '');
    if (typeof parsed === 'object' && parsed !== null && 'errorMessage' in parsed) return String(parsed.errorMessage);
  } catch {
    // Not every cause is JSON: a function that died has plain text.
  }
  return cause ?? '';
};
