import type { FunctionName } from '../../core/limits.ts';
import type { Runtime } from '../../functions/frame/runtime.ts';

/** The ports behind which a service of AWS stands. */
const PORTS = ['table', 'store', 'bus', 'executions', 'kms', 'tagging', 'quotas'] as const;
type PortName = (typeof PORTS)[number];

/** One thing that a function asked of a port. */
export interface PortCall {
  readonly function: FunctionName;
  readonly port: PortName;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** The runtime, which also tells of each call of a port. */
export const observed = (runtime: Runtime, name: FunctionName, tell: ((call: PortCall) => void) | undefined): Runtime =>
  tell === undefined
    ? runtime
    : { ...runtime, ...Object.fromEntries(PORTS.map((port) => [port, watched(runtime[port], name, port, tell)])) };

const watched = <Port extends object>(port: Port, name: FunctionName, portName: PortName, tell: (call: PortCall) => void): Port =>
  new Proxy(port, {
    get: (target, method) => {
      const value: unknown = Reflect.get(target, method);
      if (typeof value !== 'function') return value;
      return (...args: readonly unknown[]): unknown => {
        tell({ function: name, port: portName, method: String(method), args });
        return Reflect.apply(value, target, args);
      };
    },
  });
