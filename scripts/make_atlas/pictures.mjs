// The pictures of the atlas: SVG drawings as small PNG files.
// Sizes   flags 96 x 72 pixels, emoji 96 x 96. Needs the program rsvg-convert.
// Colours flags keep every pixel; emoji keep their most frequent colours, as their flat areas have few
//         and only smoothed edges have many.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { packageFile } from './common.mjs';
import { decodePng, encodePng, withColours } from './png.mjs';

const pictureWidth = 96; // pixels; the flags are 4:3, thus 72 high
const emojiColours = 256; // what a palette holds

// Close the seams of the rasteriser: where two shapes meet, their smoothed edges leave pixels that are
// not quite opaque, and the ground would shine through. A flag with clear pixels (Nepal) is no rectangle
// and keeps its transparency.
function closeSeams({ pixels }) {
  const alphas = pixels.filter((_, i) => i % 4 === 3);
  if (alphas.includes(0)) return;
  for (let i = 3; i < pixels.length; i += 4) pixels[i] = 255;
}

function draw(svg) {
  return decodePng(execFileSync('rsvg-convert', ['-w', String(pictureWidth), '-f', 'png', svg]));
}

function write(picture, file) {
  const small = encodePng(picture);
  if (!decodePng(small).pixels.equals(picture.pixels)) throw new Error(`${file}: pixels changed`);
  fs.writeFileSync(file, small);
}

export function writeFlags(countries, folder) {
  for (const c of countries) {
    const picture = draw(packageFile('flag-icons', 'flags', '4x3', `${c.flag}.svg`));
    closeSeams(picture);
    write(picture, path.join(folder, `${c.id}.png`));
  }
}

// Labels of emoji, such as "dog", by the names of their drawings, such as "1f415".
function emojiCodes() {
  const file = packageFile('emojibase-data', 'en', 'data.json');
  const emoji = JSON.parse(fs.readFileSync(file, 'utf8'));
  return new Map(emoji.map((e) => [e.label, e.hexcode.toLowerCase()]));
}

// The drawings' names lack the variation selector, but in some sequences.
function emojiFile(code) {
  const names = [code, code.replace(/-fe0f/g, '')];
  const files = names.map((name) => packageFile('@twemoji/svg', `${name}.svg`));
  return files.find((file) => fs.existsSync(file));
}

// Write the picture of each of `things`, as `slug(thing).png`.
export function writeEmoji(things, folder, slug) {
  const codes = emojiCodes();
  for (const thing of things) {
    const svg = codes.has(thing.emoji) && emojiFile(codes.get(thing.emoji));
    if (!svg) throw new Error(`things.txt: ${thing.name}: no emoji "${thing.emoji}"`);
    write(withColours(draw(svg), emojiColours), path.join(folder, `${slug(thing)}.png`));
  }
}
