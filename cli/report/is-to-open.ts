/** What it depends on whether a page is opened. */
export interface Surroundings {
  /** Whether a person has asked for it, or against it; undefined where nothing was said. */
  readonly asked: boolean | undefined;
  /** Whether both stdout and stderr are terminals: then somebody is looking. */
  readonly isTerminal: boolean;
  /** Whether one JSON document was asked for, as scripts do. */
  readonly isJson: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As `process.platform` has it. */
  readonly platform: string;
}

/** Where there is always a desktop; elsewhere X or Wayland says so. */
const DESKTOPS: ReadonlySet<string> = new Set(['darwin', 'win32']);

/** Whether to open a page in the browser: when it was asked for, or when a person looks at this machine's own screen. Pure. */
export const isToOpen = ({ asked, isTerminal, isJson, env, platform }: Surroundings): boolean => {
  if (asked !== undefined) return asked;
  const isSet = (name: string): boolean => (env[name] ?? '') !== '';
  // A person who switches CI off does so with this word, as the packages do that look for it.
  const isCi = isSet('CI') && env.CI !== 'false';
  const isRemote = isSet('SSH_CONNECTION') || isSet('SSH_CLIENT') || isSet('SSH_TTY');
  const hasScreen = DESKTOPS.has(platform) || isSet('DISPLAY') || isSet('WAYLAND_DISPLAY');
  return isTerminal && !isJson && !isCi && !isRemote && hasScreen;
};
