import type { IncomingMessage } from 'node:http';
import { type Answer, json } from '../answer.ts';
import type { WireWorld } from '../wire-world.ts';
import { plantKeys } from './plant-keys.ts';
import { faultWords, readFaults } from './read-faults.ts';
import { readJson } from './read-json.ts';
import { faultsBody } from './schemas.ts';
import { distrust } from './trust.ts';

export const CONTROL_PATH = '/_simulator';

type Respond = (world: WireWorld, body: Buffer) => Answer;

const wrong = (sentences: readonly string[]): Answer => json(400, { sentences });

const showFaults: Respond = ({ faults }) =>
  json(200, { faults: faults.active.map(({ order, struck }) => ({ ...faultWords(order), struck })) });

const changeFaults: Respond = (world, body) => {
  const read = readJson(faultsBody, body);
  if (read.kind === 'wrong') return wrong(read.sentences);
  const ordered = readFaults(read.value.faults, world.settings);
  if ('sentences' in ordered) return wrong(ordered.sentences);
  world.faults.replace(ordered.orders);
  return showFaults(world, body);
};

const clearFaults: Respond = (world, body) => {
  world.faults.replace([]);
  return showFaults(world, body);
};

/** Everything that can be asked of the simulator itself. */
const ROUTES: Readonly<Record<string, Readonly<Record<string, Respond>>>> = {
  '': { GET: ({ settings }) => json(200, { ...settings, paths: PATHS }) },
  '/truth': { GET: ({ kms }) => json(200, kms.truth()) },
  '/trail': { GET: ({ kms }) => json(200, { Records: kms.trail }) },
  '/counts': { GET: ({ kms }) => json(200, kms.counts()) },
  '/faults': { GET: showFaults, PUT: changeFaults, DELETE: clearFaults },
  '/keys': { POST: plantKeys },
};

const PATHS: readonly string[] = Object.entries(ROUTES).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method} ${CONTROL_PATH}${path}`),
);

const routeOf = (url: string): (typeof ROUTES)[string] | undefined => {
  const path = (url.split('?')[0] ?? '').slice(CONTROL_PATH.length).replace(/\/$/, '');
  return Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
};

/** Answers a request for the control path, where people and tests set faults and see the truth. */
export const answerControl = (world: WireWorld, request: IncomingMessage, body: Buffer): Answer => {
  const suspicion = distrust(request);
  if (suspicion !== undefined) return json(403, { sentences: [suspicion] });
  const route = routeOf(request.url ?? '');
  if (route === undefined) return json(404, { sentences: [`There is nothing at ${request.url}; there are ${PATHS.join(', ')}.`] });
  const method = request.method ?? '';
  const respond = Object.hasOwn(route, method) ? route[method] : undefined;
  if (respond !== undefined) return respond(world, body);
  const allowed = Object.keys(route).join(', ');
  const refused = json(405, { sentences: [`Expected ${allowed} for ${request.url}, got ${method}.`] });
  return { ...refused, headers: { ...refused.headers, allow: allowed } };
};
