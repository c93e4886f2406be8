/** What became of what an operator asked for: a status of HTTP, a sentence, and facts for programs. */
export interface Deed {
  readonly status: 200 | 400 | 403 | 404 | 409 | 500;
  readonly message: string;
  readonly facts?: Readonly<Record<string, string>>;
}

/** Who asks, and under which name the request is known to Lambda. */
export interface Caller {
  /** The ARN that IAM authenticated. */
  readonly arn: string;
  readonly requestId: string;
}
