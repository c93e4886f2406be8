import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isToOpen, type Surroundings } from '../../../cli/report/is-to-open.ts';

const LOOKING: Surroundings = { asked: undefined, isTerminal: true, isJson: false, env: { DISPLAY: ':0' }, platform: 'linux' };
const at = (words: Partial<Surroundings>): boolean => isToOpen({ ...LOOKING, ...words });

describe('A page is opened', () => {
  for (const [where, words] of [
    ['on a terminal with X', {}],
    ['on a terminal with Wayland', { env: { WAYLAND_DISPLAY: 'wayland-0' } }],
    ['on a Mac', { env: {}, platform: 'darwin' }],
    ['on Windows', { env: {}, platform: 'win32' }],
    ['where CI is said to be off', { env: { DISPLAY: ':0', CI: 'false' } }],
    ['where variables are set to nothing', { env: { DISPLAY: ':0', CI: '', SSH_TTY: '' } }],
    ['wherever it was asked for', { asked: true, isTerminal: false, isJson: true, env: { CI: 'true', SSH_TTY: '/dev/pts/0' } }],
  ] as const)
    it(where, () => assert.equal(at(words), true));
});

describe('A page stays shut', () => {
  for (const [where, words] of [
    ['when it was asked for', { asked: false }],
    ['when nobody looks: a pipe, or a file', { isTerminal: false }],
    ['when a script wants JSON', { isJson: true }],
    ['in CI', { env: { DISPLAY: ':0', CI: 'true' } }],
    ['in CI that says 1', { env: { DISPLAY: ':0', CI: '1' } }],
    ['over SSH, X forwarded or not', { env: { DISPLAY: 'localhost:10.0', SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' } }],
    ['over SSH that names its client', { env: { DISPLAY: ':0', SSH_CLIENT: '10.0.0.1 1 22' } }],
    ['over SSH on a Mac', { env: { SSH_TTY: '/dev/ttys000' }, platform: 'darwin' }],
    ['on Linux without a screen', { env: {} }],
    ['on Linux with a screen that has no name', { env: { DISPLAY: '' } }],
    ['on another Unix without a screen', { env: {}, platform: 'freebsd' }],
  ] as const)
    it(where, () => assert.equal(at(words), false));
});
