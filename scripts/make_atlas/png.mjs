// Rewrite of a PNG picture in fewer bytes, every pixel kept.
// Input   8-bit RGBA or RGB, not interlaced, as rsvg-convert writes it.
// Output  a palette of 1, 2, 4 or 8 bits where 256 colours are enough, else RGB or RGBA; no metadata,
//         so that a date or a program version never changes the bytes.
// Source  Portable Network Graphics (PNG) Specification, W3C, sections 9 (filtering) and 11 (chunks).
import zlib from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const maxPalette = 256; // an index is one byte at most

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; ++k) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes) {
  let c = 0xffffffff;
  for (const b of bytes) c = crcTable[(c ^ b) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

function paeth(a, b, c) {
  const pa = Math.abs(b - c);
  const pb = Math.abs(a - c);
  const pc = Math.abs(a + b - 2 * c);
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

// What filter `type` foretells for byte i of a row, from the row itself and the one above.
function predict(type, row, above, i, step) {
  const a = i >= step ? row[i - step] : 0;
  const b = above ? above[i] : 0;
  if (type === 0) return 0;
  if (type === 1) return a;
  if (type === 2) return b;
  if (type === 3) return (a + b) >> 1;
  return paeth(a, b, i >= step && above ? above[i - step] : 0);
}

function readChunks(file) {
  if (!file.subarray(0, 8).equals(signature)) throw new Error('not a PNG file');
  const chunks = new Map();
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    chunks.set(type, [...(chunks.get(type) ?? []), file.subarray(at + 8, at + 8 + length)]);
    at += length + 12;
  }
  return (type) => Buffer.concat(chunks.get(type) ?? []);
}

// Give {width, height, pixels}, pixels being RGBA, four bytes each. Palettes are read, too, so that
// what encodePng() wrote can be compared with what it was given.
export function decodePng(file) {
  const chunks = readChunks(file);
  const header = chunks('IHDR');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colourType] = header.subarray(8);
  const channels = { 2: 3, 3: 1, 6: 4 }[colourType];
  if (!channels || (depth !== 8 && colourType !== 3) || header[12] !== 0) {
    throw new Error('expected 8-bit RGB, RGBA or a palette, and no interlacing');
  }
  const [palette, alpha] = [chunks('PLTE'), chunks('tRNS')];
  const raw = zlib.inflateSync(chunks('IDAT'));
  const rowBytes = Math.ceil((width * channels * depth) / 8);
  const pixels = Buffer.alloc(width * height * 4, 255);
  let above = null;
  for (let y = 0; y < height; ++y) {
    const start = y * (rowBytes + 1);
    const row = raw.subarray(start + 1, start + 1 + rowBytes);
    for (let i = 0; i < rowBytes; ++i) row[i] += predict(raw[start], row, above, i, channels);
    for (let x = 0; x < width; ++x) {
      const to = (y * width + x) * 4;
      if (colourType !== 3) row.copy(pixels, to, x * channels, (x + 1) * channels);
      else {
        const shift = 8 - depth - ((x * depth) & 7);
        const index = (row[(x * depth) >> 3] >> shift) & ((1 << depth) - 1);
        palette.copy(pixels, to, index * 3, index * 3 + 3);
        if (index < alpha.length) pixels[to + 3] = alpha[index];
      }
    }
    above = row;
  }
  return { width, height, pixels };
}

// Compress rows with each filter alone and with the best filter of each row; give the shortest.
function compressRows(rows, step) {
  const filtered = (type, y) =>
    Buffer.from([type, ...rows[y].map((v, i) => v - predict(type, rows[y], rows[y - 1], i, step))]);
  // The usual measure: the smallest sum of the differences, read as signed bytes.
  const cost = (line) => line.subarray(1).reduce((sum, v) => sum + (v < 128 ? v : 256 - v), 0);
  const every = [0, 1, 2, 3, 4].map((type) => rows.map((_, y) => filtered(type, y)));
  const adaptive = rows.map((_, y) =>
    every.map((lines) => lines[y]).reduce((best, line) => (cost(line) < cost(best) ? line : best)),
  );
  return [...every, adaptive]
    .map((lines) => zlib.deflateSync(Buffer.concat(lines), { level: 9, memLevel: 9 }))
    .reduce((best, packed) => (packed.length < best.length ? packed : best));
}

function assemble(width, height, depth, colourType, extra, rows, step) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = depth;
  header[9] = colourType;
  const parts = [chunk('IHDR', header), ...extra, chunk('IDAT', compressRows(rows, step))];
  return Buffer.concat([signature, ...parts, chunk('IEND', Buffer.alloc(0))]);
}

function encodePalette({ width, height, pixels }, colours) {
  // Translucent colours first, so that the transparency chunk may stop after them.
  const palette = [...colours].sort((a, b) => (a & 255) - (b & 255) || a - b);
  const index = new Map(palette.map((colour, i) => [colour, i]));
  const depth = [1, 2, 4, 8].find((bits) => palette.length <= 1 << bits);
  const rows = Array.from({ length: height }, (_, y) => {
    const row = new Uint8Array(Math.ceil((width * depth) / 8));
    for (let x = 0; x < width; ++x) {
      const bit = x * depth;
      row[bit >> 3] |= index.get(pixels.readUInt32BE((y * width + x) * 4)) << (8 - depth - (bit & 7));
    }
    return row;
  });
  const rgb = palette.flatMap((c) => [c >>> 24, (c >>> 16) & 255, (c >>> 8) & 255]);
  const alpha = palette.map((c) => c & 255).filter((a) => a < 255);
  const extra = [chunk('PLTE', Buffer.from(rgb))];
  if (alpha.length) extra.push(chunk('tRNS', Buffer.from(alpha)));
  return assemble(width, height, depth, 3, extra, rows, 1);
}

export function encodePng(picture) {
  const { width, height, pixels } = picture;
  const colours = new Set();
  for (let i = 0; i < pixels.length; i += 4) colours.add(pixels.readUInt32BE(i));
  if (colours.size <= maxPalette) return encodePalette(picture, colours);
  const opaque = [...colours].every((c) => (c & 255) === 255);
  const step = opaque ? 3 : 4;
  const rows = Array.from({ length: height }, (_, y) => {
    const row = pixels.subarray(y * width * 4, (y + 1) * width * 4);
    return Uint8Array.from(opaque ? row.filter((_, i) => i % 4 !== 3) : row);
  });
  return assemble(width, height, 8, opaque ? 2 : 6, [], rows, step);
}

const bytesOf = (c) => [c >>> 24, (c >>> 16) & 255, (c >>> 8) & 255, c & 255];

// Difference of two colours as seen on any ground: squared, of the parts weighted by their opacity.
function difference(a, b) {
  const [p, q] = [bytesOf(a), bytesOf(b)];
  const parts = [0, 1, 2].map((i) => (p[i] * p[3] - q[i] * q[3]) / 255);
  return [...parts, p[3] - q[3]].reduce((sum, d) => sum + d * d, 0);
}

// Give the picture in its `count` most frequent colours; the others become the nearest of those.
export function withColours({ width, height, pixels }, count) {
  const uses = new Map();
  for (let i = 0; i < pixels.length; i += 4) {
    const colour = pixels.readUInt32BE(i);
    uses.set(colour, (uses.get(colour) ?? 0) + 1);
  }
  const order = [...uses].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour);
  const palette = order.slice(0, count);
  const nearest = (colour) =>
    palette.reduce((best, p) => (difference(p, colour) < difference(best, colour) ? p : best));
  const target = new Map(order.map((colour, i) => [colour, i < count ? colour : nearest(colour)]));
  const result = Buffer.alloc(pixels.length);
  for (let i = 0; i < pixels.length; i += 4) {
    result.writeUInt32BE(target.get(pixels.readUInt32BE(i)), i);
  }
  return { width, height, pixels: result };
}
