import { importsOf, type SourceFile } from './source-files.ts';

/** Files that import each other round in a circle, types or not, each circle by the way that was walked: `a → b → a`. */
export const importCircles = (files: readonly SourceFile[]): readonly string[] => {
  const imports = new Map(files.map((file) => [file.path, importsOf(file)]));
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (path: string, way: readonly string[]): void => {
    const start = way.indexOf(path);
    if (start >= 0) circles.push([...way.slice(start), path].join(' → '));
    if (start >= 0 || done.has(path)) return;
    for (const imported of imports.get(path) ?? []) walk(imported, [...way, path]);
    done.add(path);
  };
  for (const path of imports.keys()) walk(path, []);
  return circles;
};
