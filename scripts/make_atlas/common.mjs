// What the parts of make_atlas share.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fold } from './check_atlas.mjs';

export const here = path.dirname(fileURLToPath(import.meta.url));
export const report = []; // decisions taken, one a line
export const note = (text) => report.push(text);
export const byCodeUnit = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
export const slug = (name) => fold(name, '-').replace(/^-|-$/g, '');

export function packageFile(name, ...rest) {
  return path.join(here, 'node_modules', name, ...rest);
}

export function versionOf(name) {
  return JSON.parse(fs.readFileSync(packageFile(name, 'package.json'), 'utf8')).version;
}
