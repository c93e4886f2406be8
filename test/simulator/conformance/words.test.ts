import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readWords } from '../../../simulator/conformance/words.ts';

const AWS = ['--aws', '--region', 'us-east-1', '--replica-region', 'us-west-2'];
const REGIONS = { primary: 'us-east-1', replica: 'us-west-2', third: 'eu-west-1' };

describe('The words of the conformance run', () => {
  it('ask for the simulator of this process when there are none', () => {
    assert.deepEqual(readWords([]), { kind: 'here' });
    assert.deepEqual(readWords(['--help', ...AWS]), { kind: 'help' });
  });

  it('ask for AWS, and agree to the plan only expressly', () => {
    assert.deepEqual(readWords(AWS), { kind: 'aws', regions: REGIONS, agreed: false });
    assert.deepEqual(readWords([...AWS, '--third-region', 'sa-east-1', '--yes']), {
      kind: 'aws',
      regions: { ...REGIONS, third: 'sa-east-1' },
      agreed: true,
    });
  });

  const wrong: ReadonlyArray<readonly [words: readonly string[], sentence: RegExp]> = [
    [['--aws'], /three Regions, got none, none, eu-west-1\.$/],
    [['--aws', '--region', 'us-east-1'], /three Regions, got us-east-1, none, eu-west-1\.$/],
    [[...AWS, '--third-region', 'us-west-2'], /three Regions, got us-east-1, us-west-2, us-west-2\.$/],
    [['--azure'], /Unknown option '--azure'/],
    [['now'], /Unexpected argument 'now'/],
  ];
  for (const [words, sentence] of wrong)
    it(`are wrong when they are ${words.join(' ')}`, () => {
      const wish = readWords(words);

      assert.ok(wish.kind === 'wrong');
      assert.match(wish.sentence, sentence);
    });
});
