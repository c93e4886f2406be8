/**
 * A port that is loaded when it is first called: a function reads from disk only what it uses, and starts the sooner. For ports
 * whose methods all answer with promises; a load that fails is tried again by the next call.
 */
export const lazyPort = <Port extends object>(load: () => Promise<Port>): Port => {
  let loading: Promise<Port> | undefined;
  const loaded = (): Promise<Port> => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return new Proxy({} as Port, {
    get:
      (_, method) =>
      async (...args: readonly unknown[]): Promise<unknown> => {
        const port = await loaded();
        return Reflect.apply(Reflect.get(port, method) as (...args: readonly unknown[]) => unknown, port, args);
      },
  });
};
