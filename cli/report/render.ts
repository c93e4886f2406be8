import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import { instant } from '../../core/words/time.ts';
import { STORY_FILE } from '../evidence-folder.ts';
import { firstFew } from '../first-few.ts';
import { spoken } from '../words.ts';
import { cspHash, jsonForScript } from './embed.ts';
import { MOMENT_MS_MAX } from './read/fields.ts';
import type { Page } from './view/page.ts';

const fileAt = (url: URL | string): string => readFileSync(fileURLToPath(url), 'utf8');
const ofPackage = (path: string): string => fileAt(import.meta.resolve(path));

const number = (n: number): string => n.toLocaleString('en-US');
/** A summary may hold a time that no calendar has. */
const momentOf = (ms: number): string => (ms <= MOMENT_MS_MAX ? instant(ms) : String(ms));
/** Seconds from the start, or a dash where nothing happened. */
const after = (seconds: number | undefined): string => (seconds === undefined ? '–' : spoken(seconds));

/** The page as one document of HTML that asks for nothing else: scripts, styles and data are in it, and its policy allows no other. */
export const render = (page: Page): string => {
  const { data, ...view } = page;
  // The library's notice goes where its code goes.
  const chart = `/*\n${ofPackage('uplot/LICENSE')}*/\n${ofPackage('uplot/dist/uPlot.iife.min.js')}`;
  const script = fileAt(new URL('report.client.js', import.meta.url));
  const style = `${ofPackage('uplot/dist/uPlot.min.css')}\n${fileAt(new URL('report.css', import.meta.url))}`;
  const policy = [
    "default-src 'none'",
    `script-src ${cspHash(chart)} ${cspHash(script)}`,
    `style-src ${cspHash(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const since = (at: number): string => spoken((at - view.startedAt) / 1000);
  const source = (file: string): string => (view.story === undefined ? `From ${file}` : `Simulated, seed ${view.story.seed}; from ${file}`);
  const eta = new Eta({ autoEscape: true });
  return eta.renderString(fileAt(new URL('report.eta', import.meta.url)), {
    ...view,
    storyFile: STORY_FILE,
    inline: { chart, script, style, json: jsonForScript(data) },
    policy,
    words: { number, after, since, instant: momentOf, spoken, source, firstFew },
  });
};
