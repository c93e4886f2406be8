/** asl-validator 4.0.0 ships without declarations for its entry point. */
declare module 'asl-validator' {
  interface Verdict {
    readonly isValid: boolean;
    readonly errorsText: (separator?: string) => string;
  }
  /** It writes `QueryLanguage` into the definition that it is given. */
  export default function validate(definition: object): Verdict;
}
