import { type Guard, pass } from '../guard.ts';

/** Nothing starts while a stop switch is on. A table that cannot be read fails the step that asks, so it starts nothing either. */
export const stopSwitch: Guard = {
  name: 'stop-switch',
  judge: ({ switches }) => {
    const thrown = switches[0];
    if (thrown === undefined) return pass;
    return {
      kind: 'refuse',
      why: `${thrown.owner} threw the ${thrown.scope} stop switch: ${thrown.reason}`,
      liftedBy: `taking the switch back, or its expiry at ${new Date(thrown.expiresAt).toISOString()}`,
    };
  },
};
