// Check of a written atlas folder: counts, names, ids, pictures.
// Usage   node check_atlas.mjs FOLDER; prints the counts, or ends with an error that names the line.
// Errors  every function throws on the first fault.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodePng } from './png.mjs';

const maxNameLength = 34; // characters; a longer label makes a drawn box too wide
const minimum = { entities: 1900, relations: 11, triples: 3800, images: 700 };
const maxBytes = 3e6; // of the whole folder, as it is committed
const maxKinds = 30; // facts of one relation to one thing: more make a picture dull
const [pictureWidth, flagHeight, emojiHeight] = [96, 72, 96]; // pixels

// Reduce a name to its letters and digits, without case and accents. Two names that differ only in
// the rest ("George Town", "Georgetown") cannot be told apart by a lenient comparison of answers.
export function fold(name, separator = '') {
  const plain = name.replace(/ø/gi, 'o').replace(/ł/gi, 'l').replace(/đ/gi, 'd');
  const letters = plain.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return letters.replace(/['’ʻ]/g, '').replace(/[^a-z0-9]+/g, separator);
}

function require(condition, message) {
  if (!condition) throw new Error(`atlas: ${message}`);
}

function readTable(file, columns) {
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  require(lines.pop() === '', `${file}: expected a line feed at the end`);
  require(lines.shift() === columns.join('\t'), `${file}:1: expected the header ${columns}`);
  return lines.map((line, i) => {
    const cells = line.split('\t');
    const where = `${file}:${i + 2}`;
    require(cells.length === columns.length, `${where}: expected ${columns.length} columns`);
    return { where, ...Object.fromEntries(columns.map((column, k) => [column, cells[k]])) };
  });
}

function checkEntities(entities) {
  const ids = new Map();
  const names = new Map();
  for (const { where, id, name, type } of entities) {
    require(/^[a-z]+:[A-Za-z0-9-]+$/.test(id), `${where}: id "${id}" is not plain ASCII`);
    require(id.startsWith(`${type}:`), `${where}: id "${id}" does not begin with its type ${type}`);
    require(!ids.has(id), `${where}: id "${id}" is there twice`);
    // No comma, so that "(head, relation, tail)" can be read back.
    require(/^[\p{L}\p{N} .'()-]+$/u.test(name), `${where}: odd character in name "${name}"`);
    require(name === name.trim() && !name.includes('  '), `${where}: odd blanks in name "${name}"`);
    require(name === name.normalize('NFC'), `${where}: name "${name}" is not in form NFC`);
    const ofCountries = countryTypes.includes(type);
    require(!ofCountries || /^\p{Lu}/u.test(name), `${where}: "${name}" does not begin with a capital`);
    require([...name].length <= maxNameLength, `${where}: name "${name}" is too long`);
    require(!names.has(fold(name)), `${where}: name "${name}" clashes with ${names.get(fold(name))}`);
    ids.set(id, type);
    names.set(fold(name), id);
  }
  return ids;
}

const countryTypes = ['country', 'city', 'language', 'currency', 'subregion', 'region', 'group'];
const domains = {
  capital: [['country'], ['city']],
  language: [['country'], ['language']],
  currency: [['country'], ['currency']],
  subregion: [['country'], ['subregion']],
  'world region': [['country', 'subregion'], ['region']],
  borders: [['country'], ['country']],
  'UN group': [['country'], ['group']],
};

// Relations of countries have types of their own; those of things join things, and languages.
function checkTypes(where, relation, head, tail) {
  const isThing = (type) => type === 'language' || !countryTypes.includes(type);
  const [from, to] = domains[relation] ?? [];
  const fits = from ? from.includes(head) && to.includes(tail) : isThing(head) && isThing(tail);
  require(fits, `${where}: wrong type of entity`);
}

// What is a kind or a part of itself, through others, is wrong.
function checkLoops(triples, relation) {
  const next = new Map();
  for (const { head, tail } of triples.filter((t) => t.relation === relation)) {
    next.set(head, [...(next.get(head) ?? []), tail]);
  }
  const done = new Set();
  const visit = (id, way) => {
    require(!way.includes(id), `${relation}: loop ${[...way, id].join(', ')}`);
    if (!done.has(id)) (next.get(id) ?? []).forEach((other) => visit(other, [...way, id]));
    done.add(id);
  };
  [...next.keys()].forEach((id) => visit(id, []));
}

function checkHubs(triples, ids) {
  const counts = new Map();
  for (const { relation, tail } of triples.filter((t) => !countryTypes.includes(ids.get(t.tail)))) {
    const key = `${relation} ${tail}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    require(counts.get(key) <= maxKinds, `more than ${maxKinds} facts "${key}"`);
  }
}

function checkTriples(triples, ids, relations) {
  const labels = new Set(relations.map((r) => r.label));
  const seen = new Set();
  const used = new Set();
  for (const { where, head, relation, tail } of triples) {
    require(ids.has(head) && ids.has(tail), `${where}: unknown id in "${head}", "${tail}"`);
    require(labels.has(relation), `${where}: unknown relation "${relation}"`);
    checkTypes(where, relation, ids.get(head), ids.get(tail));
    require(head !== tail, `${where}: "${head}" is tied to itself`);
    const key = [head, relation, tail].join('\t');
    require(!seen.has(key), `${where}: triple is there twice`);
    seen.add(key);
    used.add(head).add(tail).add(relation);
  }
  for (const { where, head, relation, tail } of triples.filter((t) => t.relation === 'borders')) {
    require(seen.has([tail, relation, head].join('\t')), `${where}: border in one direction only`);
  }
  for (const id of [...ids.keys(), ...labels]) require(used.has(id), `"${id}" is in no triple`);
}

function checkStatements(relations) {
  for (const { label, statement } of relations) {
    const words = statement.replace(/[{}.]/g, ' ');
    require(words.includes(label), `relation "${label}": not in its statement`);
    const places = statement.match(/\{[a-z]+\}/g) ?? [];
    const plain = places.sort().join() === '{head},{tail}' && statement.endsWith('.');
    require(plain, `relation "${label}": statement needs {head} and {tail} once and a full stop`);
  }
}

// Give the groups of countries whose flags are the same picture, for whoever asks "which country is
// this flag?"; a territory may fly the flag of its state.
function checkImages(entities, folder) {
  const present = fs
    .readdirSync(path.join(folder, 'images'), { recursive: true })
    .filter((name) => name.endsWith('.png'));
  const named = entities.map((e) => e.image).filter(Boolean);
  require(new Set(named).size === named.length, 'a picture is named twice');
  const expected = named.map((image) => path.relative('images', image));
  require(expected.sort().join() === present.sort().join(), 'images/ does not hold just the pictures named');
  const same = new Map();
  for (const { where, id, image } of entities.filter((e) => e.image)) {
    const picture = decodePicture(path.join(folder, image), where);
    const hash = createHash('sha256').update(picture.pixels).digest('hex');
    same.set(hash, [...(same.get(hash) ?? []), id.split(':')[1]]);
  }
  return [...same.values()].filter((group) => group.length > 1).map((group) => group.join(' '));
}

function decodePicture(file, where) {
  const picture = decodePng(fs.readFileSync(file));
  const { width, height, pixels } = picture;
  const wanted = file.includes('things') ? emojiHeight : flagHeight;
  require(width === pictureWidth && height === wanted, `${where}: ${width}x${height} pixels`);
  require(pixels.some((v, i) => v !== pixels[i % 4]), `${where}: picture of one colour only`);
  return picture;
}

function sizeOf(folder) {
  const names = fs.readdirSync(folder, { recursive: true });
  return names.reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).size, 0);
}

// Check everything; give {counts, triples of each relation, entities of each type, bytes, pictures that
// are equal}.
export function checkAtlas(folder) {
  const graph = JSON.parse(fs.readFileSync(path.join(folder, 'graph.json'), 'utf8'));
  const entities = readTable(path.join(folder, 'entities.tsv'), ['id', 'name', 'type', 'image']);
  const triples = readTable(path.join(folder, 'triples.tsv'), ['head', 'relation', 'tail']);
  const ids = checkEntities(entities);
  checkTriples(triples, ids, graph.relations);
  graph.relations.filter((r) => r.transitive).forEach((r) => checkLoops(triples, r.label));
  checkHubs(triples, ids);
  checkStatements(graph.relations);
  const equalPictures = checkImages(entities, folder);
  const bytes = sizeOf(folder);
  require(bytes < maxBytes, `${bytes} bytes, expected less than ${maxBytes}`);
  const counts = {
    entities: entities.length,
    relations: graph.relations.length,
    triples: triples.length,
    images: entities.filter((e) => e.image).length,
  };
  for (const [what, count] of Object.entries(counts)) {
    require(graph.counts[what] === count, `graph.json: counts.${what} is not ${count}`);
    require(count >= minimum[what], `${count} ${what}, expected ${minimum[what]} at least`);
  }
  const tally = (list) => list.reduce((sum, key) => ({ ...sum, [key]: (sum[key] ?? 0) + 1 }), {});
  const relations = tally(triples.map((t) => t.relation));
  return { counts, relations, types: tally(entities.map((e) => e.type)), bytes, equalPictures };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(checkAtlas(process.argv[2]));
