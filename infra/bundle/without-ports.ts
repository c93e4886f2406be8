import { basename } from 'node:path';
import type { Plugin } from 'esbuild';
import type { FunctionName } from '../../core/limits.ts';
import { OPTIONAL_PORTS, optionalPortsOf } from './ports.ts';

const CONNECTION = /[/\\]aws[/\\]connections[/\\](\w+)\.ts$/;

/** Leaves the clients out that the function has no right to use; a call of such a port fails with a sentence. */
export const withoutPorts = (name: FunctionName): Plugin => {
  const had = optionalPortsOf(name);
  const left = OPTIONAL_PORTS.filter((port) => !had.includes(port));
  return {
    name: 'without-ports',
    setup(build) {
      build.onResolve({ filter: CONNECTION }, ({ path, kind }) => {
        const port = left.find((each) => each === basename(path, '.ts'));
        return port === undefined || kind !== 'dynamic-import' ? undefined : { path: port, namespace: 'no-port' };
      });
      build.onLoad({ filter: /./, namespace: 'no-port' }, ({ path: port }) => {
        const sentence = `The function ${name} has no right to use the port ${port}, so its bundle has no client for it.`;
        const connect = `connect${port[0]?.toUpperCase()}${port.slice(1)}`;
        return { contents: `export const ${connect} = () => { throw new Error(${JSON.stringify(sentence)}); };` };
      });
    },
  };
};
