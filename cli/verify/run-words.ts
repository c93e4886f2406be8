import { type ExaminedRun, FILE_BYTES_MAX, type RunFlaw } from '../../core/evidence/examine.ts';

/** What is wrong with a run's files, a sentence each: where, what, and what it means. */
export const runSentences = ({ runId, flaws }: ExaminedRun): readonly string[] => flaws.map((flaw) => sentence(runId, flaw));

const sentence = (runId: string, flaw: RunFlaw): string => {
  const at = (file: string, line?: number): string => `evidence/${runId}/${file}${line === undefined ? '' : `:${line}`}`;
  const summary = at('summary.json');
  switch (flaw.kind) {
    case 'file-missing':
      return flaw.file === 'summary.json'
        ? `${summary} is missing. It was removed, or the run is still in progress, or its report died before it wrote it: then the next report of the fleet writes it, or the tick that closes the run.`
        : `${at(flaw.file)} is missing. It was removed, or not downloaded: a run writes it before its summary.`;
    case 'unreadable':
      return `${at(flaw.file, flaw.line)} is not JSON in UTF-8. Somebody changed it, or it was cut off on its way here: download it again.`;
    case 'fields':
      return `${at(flaw.file, flaw.line)} has not the fields that a run writes: ${flaw.problems.join(' ')} Somebody changed it, or a later version of mrk-failover wrote it: then verify with that one.`;
    case 'too-large':
      return `${at(flaw.file)} has ${flaw.sizeBytes} bytes, more than a run's ${flaw.file} can have (${FILE_BYTES_MAX[flaw.file]}), so it was not read. Somebody put it there.`;
    case 'line-too-long':
      return `${at('keys.jsonl', flaw.line)} has ${flaw.sizeBytes} bytes, more than a key's line can have. Somebody changed it.`;
    case 'not-looked-at':
      return `${at('keys.jsonl')}: the lines after line ${flaw.line} were not looked at, since so many before them are wrong.`;
    case 'rewritten':
      return `${summary} is not byte for byte as a run writes it, whatever it says. Somebody, or a tool, has written it anew.`;
    case 'other-run':
      return `${summary} is that of run ${flaw.states}. Somebody put it, or its folder, in the place of another.`;
    case 'seal':
      return `${summary} carries the seal ${flaw.states}, and its content gives ${flaw.computed}. It was changed after it was sealed.`;
    case 'lines-changed':
      return `${at('keys.jsonl')} has the SHA-256 ${flaw.computed}, and its summary names ${flaw.states}. The lines were changed after the run wrote them, or the summary was.`;
    case 'count':
      return `${summary} says of ${flaw.field} ${flaw.states}, and its lines give ${flaw.counted}. One of the two files was changed.`;
  }
};
