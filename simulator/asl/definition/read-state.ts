import type { ChoiceState, PassState, State, TaskState } from './definition.ts';
import { Fields } from './fields.ts';
import { readCondition } from './read-condition.ts';
import { SECONDS_MAX } from './read-errors.ts';
import { type ReadBlock, readMap } from './read-map.ts';
import { readResultPath } from './read-path.ts';
import { readBase, readFallible, readNext } from './read-step.ts';
import { readPayload, readTemplate } from './read-template.ts';
import { readWait } from './read-wait.ts';

const LAMBDA_INVOKE = 'arn:aws:states:::lambda:invoke';

const readTask = (name: string, fields: Fields): TaskState => {
  const resource = fields.text('Resource');
  if (resource !== LAMBDA_INVOKE) fields.refuse('Resource', `expected ${LAMBDA_INVOKE}, got ${resource}.`);
  const parameters = fields.inner('Parameters');
  const functionName = parameters.text('FunctionName');
  const payload = readPayload(parameters);
  parameters.finish();
  return {
    type: 'Task',
    ...readFallible(name, fields),
    functionName,
    payload,
    timeoutSeconds: fields.optionalInteger('TimeoutSeconds', 1, SECONDS_MAX),
  };
};

const readPass = (name: string, fields: Fields): PassState => ({
  type: 'Pass',
  ...readBase(name, fields),
  next: readNext(fields),
  parameters: readTemplate(fields, 'Parameters'),
  result: fields.optional('Result'),
  resultPath: readResultPath(fields),
});

const readChoice = (name: string, fields: Fields): ChoiceState => {
  const choices = fields.list('Choices').map((raw, index) => {
    const rule = fields.item('Choices', index, raw);
    const choice = { condition: readCondition(rule), next: rule.text('Next') };
    rule.finish();
    return choice;
  });
  if (choices.length === 0) fields.refuse('Choices', 'has no rules.');
  return { type: 'Choice', ...readBase(name, fields), choices, otherwise: fields.optionalText('Default') };
};

const readByType = (name: string, fields: Fields, readBlock: ReadBlock): State => {
  const type = fields.text('Type');
  switch (type) {
    case 'Task':
      return readTask(name, fields);
    case 'Map':
      return readMap(name, fields, readBlock);
    case 'Pass':
      return readPass(name, fields);
    case 'Wait':
      return readWait(name, fields);
    case 'Choice':
      return readChoice(name, fields);
    case 'Succeed':
      return { type: 'Succeed', ...readBase(name, fields) };
    case 'Fail':
      return { type: 'Fail', name, error: fields.text('Error'), cause: fields.optionalText('Cause') ?? '' };
    default:
      return fields.refuse('Type', `expected Task, Map, Pass, Wait, Choice, Succeed or Fail, got ${type}.`);
  }
};

/** @throws DefinitionRefused for anything outside the common core. */
export const readState = (name: string, raw: unknown, readBlock: ReadBlock): State => {
  const fields = new Fields(raw, name);
  const state = readByType(name, fields, readBlock);
  fields.finish();
  return state;
};
