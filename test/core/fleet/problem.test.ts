import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { problemSentence } from '../../../core/fleet/problem.ts';

const place = { file: 'fleets.yaml', line: 7, column: 5 };

describe('The sentence of a problem', () => {
  it('says which fields there are, and which was meant, when a field does not exist', () => {
    const sentence = problemSentence({
      ...place,
      kind: 'unknown-field',
      field: 'fleets.payments.postur',
      expected: 'one of accounts, keys, posture',
      got: '"automatic"',
      suggestion: 'posture',
    });

    assert.equal(
      sentence,
      'fleets.yaml:7: fleets.payments.postur is not a field here; expected one of accounts, keys, posture; got "automatic". Did you mean posture?',
    );
  });

  it('says what belongs there when a field is missing', () => {
    const sentence = problemSentence({
      ...place,
      kind: 'missing-field',
      field: 'fleets.payments.home',
      expected: 'a Region',
      got: 'nothing',
    });

    assert.equal(sentence, 'fleets.yaml:7: fleets.payments.home is missing; expected a Region.');
  });

  it('names the file alone where no lines are known', () => {
    const sentence = problemSentence({
      file: 'config/fleets.json',
      kind: 'missing-field',
      field: 'fleets.payments.home',
      expected: 'a Region',
      got: 'nothing',
    });

    assert.equal(sentence, 'config/fleets.json: fleets.payments.home is missing; expected a Region.');
  });

  it('says what was expected and what is there when a value is wrong', () => {
    const sentence = problemSentence({
      ...place,
      kind: 'wrong-value',
      field: 'fleets.payments.proof',
      expected: 'one of a, b',
      got: 'the number 5',
    });

    assert.equal(sentence, 'fleets.yaml:7: fleets.payments.proof is wrong; expected one of a, b; got the number 5.');
  });

  it('quotes the line when the text is no YAML', () => {
    const sentence = problemSentence({
      ...place,
      kind: 'syntax',
      field: 'the file',
      expected: 'Missing closing quote',
      got: '"home: \\"us"',
    });

    assert.equal(sentence, 'fleets.yaml:7: this cannot be read as YAML near "home: \\"us": Missing closing quote.');
  });
});
