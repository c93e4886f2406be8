// Writes docs/reasons.md, the table of outcomes and reason codes; with --check it only compares.
import { inProject, keepAsAsked } from './kept-files.ts';
import { reasonsDocument } from './reasons-document.ts';

keepAsAsked([{ path: inProject('docs/reasons.md'), wanted: reasonsDocument() }], 'core/outcome/reasons.ts', 'write-reasons-doc.ts');
