// Writes docs/guards.md, the table of guards and rules; with --check it only compares.
import { guardsDocument } from './guards-document.ts';
import { inProject, keepAsAsked } from './kept-files.ts';

keepAsAsked([{ path: inProject('docs/guards.md'), wanted: guardsDocument() }], 'core/decision', 'write-guards-doc.ts');
