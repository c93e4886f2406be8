import type { KeyView } from '../key/key.ts';
import { pass, refuse, unknown, type Verdict } from './rule.ts';

/** What a key's state on one side means for its promotion, both sides alike. */
export const enabledOn = (view: KeyView | undefined, disabled: 'SOURCE_DISABLED' | 'TARGET_DISABLED'): Verdict => {
  if (view === undefined) return unknown('the key’s state could not be read');
  switch (view.state) {
    case 'Enabled':
      return pass;
    case 'Disabled':
      return refuse(disabled, `Disabled in ${view.region}`);
    case 'PendingDeletion':
    case 'PendingReplicaDeletion':
      return refuse('PENDING_DELETION', `${view.state} in ${view.region}`);
    case 'PendingImport':
      return refuse('PENDING_IMPORT', `PendingImport in ${view.region}`);
    case 'Creating':
    case 'Updating':
    case 'Unavailable':
      return unknown(`${view.state} in ${view.region}`);
  }
};
