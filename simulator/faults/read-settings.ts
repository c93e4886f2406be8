import { readDurationMs, readShare } from './fault-values.ts';
import { OPERATION_CLASSES, type OperationClass } from './operation-class.ts';
import { type FaultSettings, SETTINGS, type Setting } from './settings.ts';

type ReadSettings = { readonly kind: 'settings'; readonly settings: FaultSettings } | { readonly kind: 'bad'; readonly sentence: string };

type ReadOne = { readonly kind: 'read'; readonly settings: FaultSettings } | { readonly kind: 'bad'; readonly expected: string };

const bad = (expected: string): ReadOne => ({ kind: 'bad', expected });
const read = (settings: FaultSettings): ReadOne => ({ kind: 'read', settings });

const isClass = (text: string): text is OperationClass => OPERATION_CLASSES.some((name) => name === text);
const isSetting = (text: string): text is Setting => SETTINGS.some((name) => name === text);

const readOne = (setting: Setting, text: string): ReadOne => {
  switch (setting) {
    case 'rate': {
      const share = readShare(text);
      return share.kind === 'bad' ? share : read({ rate: share.value });
    }
    case 'class':
      return isClass(text) ? read({ operationClass: text }) : bad(`one of ${OPERATION_CLASSES.join(', ')}`);
    case 'region':
      return /^(source|target|[a-z]+(-[a-z]+)+-\d+)$/.test(text)
        ? read({ region: text })
        : bad('source, target or a Region such as us-east-1');
    case 'account':
      return /^\d{12}$/.test(text) ? read({ account: text }) : bad('an account of twelve digits');
    case 'from':
    case 'for': {
      const duration = readDurationMs(text);
      if (duration.kind === 'bad') return duration;
      return read(setting === 'from' ? { fromMs: duration.value } : { forMs: duration.value });
    }
  }
};

/** @param texts as they were written: `rate=5%`, `class=write`, `region=source`, `account=111122223333`, `from=1m`, `for=10m` */
export const readSettings = (texts: readonly string[]): ReadSettings => {
  let settings: FaultSettings = {};
  const seen = new Set<string>();
  for (const text of texts) {
    const [, setting = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(text) ?? [];
    if (!isSetting(setting)) return { kind: 'bad', sentence: `expected settings out of ${SETTINGS.join(', ')}, got '${text}'` };
    if (seen.has(setting)) return { kind: 'bad', sentence: `expected '${setting}' once, got it twice` };
    seen.add(setting);
    const one = readOne(setting, value);
    if (one.kind === 'bad') return { kind: 'bad', sentence: `expected ${setting} to be ${one.expected}, got '${text}'` };
    settings = { ...settings, ...one.settings };
  }
  return { kind: 'settings', settings };
};
