/** A function `refuse` for a module that takes another's place: whoever calls it after all reads what was left out. */
export const refusal = (what: string): string => {
  const sentence = `${what} was left out of this bundle, because no function of mrk-failover uses it.`;
  return `const refuse = () => { throw new Error(${JSON.stringify(sentence)}); };`;
};

/** What a module of ESM exports: constants, functions and classes by their names, and lists of names. */
const EXPORTED = /^export (?:const|function|class) (\w+)|^export \{ ([^}]*) \}/gm;

const namesOf = (text: string): readonly string[] =>
  [...text.matchAll(EXPORTED)].flatMap(([, name, listed = '']) =>
    name === undefined ? listed.split(',').map((each) => each.trim().replace(/^.* as /, '')) : [name],
  );

/**
 * Every export of a module by its name, as a function (or class) that throws when it is called (or made).
 * @param text the module as its authors wrote it
 * @param instead exports that are written out, since somebody does use them
 */
export const refusing = (what: string, text: string, instead: Readonly<Record<string, string>> = {}): string => {
  const names = namesOf(text).filter((name) => !Object.hasOwn(instead, name));
  return [
    refusal(what),
    ...names.map((name) => `export function ${name}() { refuse(); }`),
    ...Object.entries(instead).map(([name, value]) => `export const ${name} = ${value};`),
  ].join('\n');
};
