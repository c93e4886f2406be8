import { z } from 'zod';

const TEXT_EXPECTED = 'expected a text of 1 to 2,048 characters';

/** A text that an event must have. 2,048 characters are more than any ARN or name that AWS sends has. */
export const requiredText = z.string(TEXT_EXPECTED).min(1, TEXT_EXPECTED).max(2_048, TEXT_EXPECTED);
