// Make the graph `atlas`: the world's countries, their capitals, languages, currencies, regions,
// neighbours and United Nations groups, with a flag for each country.
// Usage   node make_atlas.mjs FOLDER; the folder of a former run is replaced.
// Input   the packages world-countries (facts) and flag-icons (flags), pinned in package.json.
// Output  FOLDER/graph.json, entities.tsv, triples.tsv, LICENSES.md, images/*.png.
// Order   entities by type, then id; triples by relation, then head and tail; compared by code unit,
//         so that no locale changes the bytes.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkAtlas, fold } from './check_atlas.mjs';
import * as corrections from './corrections.mjs';
import { licencesText } from './licences.mjs';
import { decodePng, encodePng } from './png.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const flagWidth = 96; // pixels; the flags are 4:3, thus 72 high
const types = ['country', 'city', 'language', 'currency', 'subregion', 'region', 'group'];

// A sentence for each relation, worded so that it needs no article before a country's name at its
// start, stays true where a country has several capitals, languages or currencies, and holds the label
// to the letter: the scoring of descriptions looks for it. A country has its world region even where its
// subregion has it too: what is true must be in the graph, as all else is taken to be false.
const relations = [
  ['capital', '{head} has {tail} as a capital.'],
  ['language', '{head} has {tail} as a language.'],
  ['currency', '{head} uses the {tail} as a currency.'],
  ['subregion', '{head} is in the subregion {tail}.'],
  ['world region', '{head} is in the world region {tail}.'],
  ['borders', '{head} borders {tail}.'],
  ['UN group', '{head} is in the UN group {tail}.'],
].map(([label, statement]) => ({ label, statement }));

const report = [];
const note = (text) => report.push(text);
const byCodeUnit = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const nameTables = ['countryNames', 'languageNames', 'currencyNames', 'cityNames'];
const slug = (name) => fold(name, '-').replace(/^-|-$/g, '');

function packageFile(name, ...rest) {
  return path.join(here, 'node_modules', name, ...rest);
}

function versionOf(name) {
  return JSON.parse(fs.readFileSync(packageFile(name, 'package.json'), 'utf8')).version;
}

// Look up a corrected name; refuse a correction that is equal to what the source says already.
const usedNames = new Set();
function corrected(table, key, name) {
  if (!(key in corrections[table])) return name;
  const better = corrections[table][key];
  if (better !== name) usedNames.add(`${table}/${key}`);
  return better;
}

function refuseStaleCorrections() {
  for (const table of ['countryCodes', 'flags', ...nameTables]) {
    for (const [key, name] of Object.entries(corrections[table])) {
      if (!usedNames.has(`${table}/${key}`)) {
        throw new Error(`corrections.mjs: ${table}.${key}: changes nothing; remove it`);
      }
      note(`${table} ${key}: written "${name}"`);
    }
  }
}

// Read the source as plain records whose lists hold codes (or capital names), corrected.
function readCountries() {
  const source = JSON.parse(fs.readFileSync(packageFile('world-countries', 'countries.json'), 'utf8'));
  const countries = source.map((c) => ({
    id: corrected('countryCodes', c.cca3, c.cca3),
    code: c.cca3,
    flag: corrected('flags', c.cca3, c.cca2.toLowerCase()),
    name: corrected('countryNames', c.cca3, c.name.common),
    region: c.region,
    subregion: c.subregion,
    group: c.unRegionalGroup,
    capital: [...c.capital],
    languages: Object.keys(c.languages),
    currencies: Object.keys(c.currencies),
    borders: [...c.borders],
    languageNames: c.languages,
    currencyNames: Object.fromEntries(Object.entries(c.currencies).map(([k, v]) => [k, v.name])),
  }));
  const byCode = new Map(countries.map((c) => [c.code, c]));
  for (const [code, field, value] of corrections.additions) {
    if (byCode.get(code)[field].includes(value)) throw new Error(`${code} ${value}: not missing`);
    byCode.get(code)[field].push(value);
    note(`added: ${code} ${field} ${value}`);
  }
  for (const [code, field, value] of corrections.removals) {
    const list = byCode.get(code)[field];
    if (!list.includes(value)) throw new Error(`${code} ${value}: not there to remove`);
    list.splice(list.indexOf(value), 1);
    note(`left out: ${code} ${field} ${value}`);
  }
  return { countries, byCode };
}

// Tell two cities, or a city and a country, of one name apart.
function nameCities(countries) {
  const countryKeys = new Set(countries.map((c) => fold(c.name)));
  const cities = countries.flatMap((c) =>
    c.capital.map((source) => {
      const key = `${c.code}/${source}`;
      return { country: c, source, key, name: corrected('cityNames', key, source) };
    }),
  );
  const uses = new Map();
  for (const { source } of cities) uses.set(fold(source), (uses.get(fold(source)) ?? 0) + 1);
  for (const city of cities) {
    if (city.key in corrections.cityNames) continue;
    if (countryKeys.has(fold(city.source))) city.name = `${city.source} (city)`;
    else if (uses.get(fold(city.source)) > 1) city.name = `${city.source} (${city.country.name})`;
    if (city.name !== city.source) note(`capital told apart: ${city.name}`);
  }
  return cities;
}

function buildGraph({ countries, byCode }) {
  const entities = new Map();
  const triples = new Map();
  const addEntity = (id, name, image = '') => {
    const plain = name.normalize('NFC').replace(/[ʻ’]/g, "'"); // some fonts lack the okina
    const known = entities.get(id);
    if (known && known.name !== plain) throw new Error(`${id}: both "${known.name}" and "${plain}"`);
    entities.set(id, { id, name: plain, type: id.split(':')[0], image });
  };
  const addTriple = (head, relation, tail) =>
    triples.set([head, relation, tail].join('\t'), { head, relation, tail });

  for (const { country, source, name } of nameCities(countries)) {
    const id = `city:${country.id}-${slug(source)}`;
    addEntity(id, name);
    addTriple(`country:${country.id}`, 'capital', id);
  }
  for (const c of countries) {
    const id = `country:${c.id}`;
    addEntity(id, c.name, `images/${c.id}.png`);
    for (const [code, name] of Object.entries(c.languageNames)) {
      addEntity(`language:${code}`, corrected('languageNames', code, name));
    }
    for (const code of c.currencies.filter((code) => code in c.currencyNames)) {
      addEntity(`currency:${code}`, corrected('currencyNames', code, c.currencyNames[code]));
    }
    c.languages.forEach((code) => addTriple(id, 'language', `language:${code}`));
    c.currencies.forEach((code) => addTriple(id, 'currency', `currency:${code}`));
    addPlace(c, id, addEntity, addTriple);
    for (const code of c.borders) {
      const other = byCode.get(code);
      if (!other) throw new Error(`${c.code}: borders ${code}, which is no country of the source`);
      if (!other.borders.includes(c.code)) note(`border made symmetric: ${c.code} ${code}`);
      addTriple(id, 'borders', `country:${other.id}`);
      addTriple(`country:${other.id}`, 'borders', id);
    }
  }
  return { entities: [...entities.values()], triples: [...triples.values()] };
}

function addPlace(c, id, addEntity, addTriple) {
  const region = `region:${slug(c.region)}`;
  addEntity(region, c.region);
  addTriple(id, 'world region', region);
  if (c.subregion) {
    const subregion = `subregion:${slug(c.subregion)}`;
    addEntity(subregion, c.subregion);
    addTriple(id, 'subregion', subregion);
    addTriple(subregion, 'world region', region);
  } else {
    note(`no subregion: ${c.name}`);
  }
  if (c.group) {
    addEntity(`group:${slug(c.group)}`, c.group);
    addTriple(id, 'UN group', `group:${slug(c.group)}`);
  }
  for (const field of ['capital', 'currencies', 'languages']) {
    if (c[field].length === 0) note(`none in the graph: ${field} of ${c.name}`);
    if (field === 'capital' && c[field].length > 1) note(`several: ${field} of ${c.name}`);
  }
}

function sortGraph({ entities, triples }) {
  const typeRank = (e) => types.indexOf(e.type);
  const relationRank = (t) => relations.findIndex((r) => r.label === t.relation);
  entities.sort((a, b) => typeRank(a) - typeRank(b) || byCodeUnit(a.id, b.id));
  triples.sort(
    (a, b) =>
      relationRank(a) - relationRank(b) || byCodeUnit(a.head, b.head) || byCodeUnit(a.tail, b.tail),
  );
}

// Close the seams of the rasteriser: where two shapes meet, their smoothed edges leave pixels that are
// not quite opaque, and the ground would shine through. A flag with clear pixels (Nepal) is no rectangle
// and keeps its transparency.
function closeSeams({ pixels }) {
  const alphas = pixels.filter((_, i) => i % 4 === 3);
  if (alphas.includes(0)) return;
  for (let i = 3; i < pixels.length; i += 4) pixels[i] = 255;
}

function writeFlags(countries, folder) {
  fs.mkdirSync(path.join(folder, 'images'), { recursive: true });
  for (const c of countries) {
    const svg = packageFile('flag-icons', 'flags', '4x3', `${c.flag}.svg`);
    const png = execFileSync('rsvg-convert', ['-w', String(flagWidth), '-f', 'png', svg]);
    const picture = decodePng(png);
    closeSeams(picture);
    const small = encodePng(picture);
    if (!decodePng(small).pixels.equals(picture.pixels)) throw new Error(`${svg}: pixels changed`);
    fs.writeFileSync(path.join(folder, 'images', `${c.id}.png`), small);
  }
}

function writeTable(file, columns, rows) {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  fs.writeFileSync(file, lines.map((line) => line.join('\t') + '\n').join(''));
}

function graphJson({ entities, triples }) {
  return {
    schema: 'stareval.graph/1',
    name: 'atlas',
    version: '1',
    title: 'Atlas of the countries of the world',
    description:
      'Countries and territories with their flags, capitals, languages, currencies, land borders, ' +
      'geographic regions and United Nations regional groups.',
    licence: 'ODbL-1.0 (facts), MIT (flags)',
    sources: [
      {
        name: 'world-countries',
        version: versionOf('world-countries'),
        licence: 'ODbL-1.0',
        what: 'names, capitals, languages, currencies, borders, regions, UN groups',
      },
      { name: 'flag-icons', version: versionOf('flag-icons'), licence: 'MIT', what: 'flags' },
    ],
    counts: {
      entities: entities.length,
      relations: relations.length,
      triples: triples.length,
      images: entities.filter((e) => e.image).length,
    },
    relations,
  };
}

function main(folder) {
  if (!folder) throw new Error('usage: node make_atlas.mjs FOLDER');
  const source = readCountries();
  const graph = buildGraph(source);
  refuseStaleCorrections();
  sortGraph(graph);
  // Remove only what this script writes, so that a mistyped folder loses nothing else.
  const outputs = ['graph.json', 'entities.tsv', 'triples.tsv', 'LICENSES.md', 'images'];
  outputs.forEach((name) => fs.rmSync(path.join(folder, name), { recursive: true, force: true }));
  writeFlags(source.countries, folder);
  writeTable(path.join(folder, 'entities.tsv'), ['id', 'name', 'type', 'image'], graph.entities);
  writeTable(path.join(folder, 'triples.tsv'), ['head', 'relation', 'tail'], graph.triples);
  fs.writeFileSync(
    path.join(folder, 'graph.json'),
    JSON.stringify(graphJson(graph), null, 2) + '\n',
  );
  const mitText = fs.readFileSync(packageFile('flag-icons', 'LICENSE'), 'utf8').trim();
  fs.writeFileSync(
    path.join(folder, 'LICENSES.md'),
    licencesText(versionOf('world-countries'), versionOf('flag-icons'), mitText),
  );
  console.log([...new Set(report)].join('\n'));
  console.log(checkAtlas(folder));
}

main(process.argv[2]);
