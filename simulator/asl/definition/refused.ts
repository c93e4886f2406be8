/** A definition that holds something outside the common core. The message names the state and the field. */
export class DefinitionRefused extends Error {
  readonly state: string;
  readonly field: string;

  constructor(state: string, field: string, why: string) {
    super(`${state === '' ? 'The top level' : `State "${state}"`}, field "${field}": ${why}`);
    this.name = 'DefinitionRefused';
    this.state = state;
    this.field = field;
  }
}
