// Make the graph `atlas`: the world's countries with their flags, capitals, languages, currencies,
// regions and neighbours; and animals, plants, food and other things with an emoji, by what they are a
// kind of, a part of or made from.
// Usage   node make_atlas.mjs FOLDER; the folder of a former run is replaced.
// Input   the packages that package.json pins, and the nouns of WordNet in /usr/share/wordnet.
// Output  FOLDER/graph.json, entities.tsv, triples.tsv, LICENSES.md, images/*.png (flags) and
//         images/things/*.png (emoji).
// Order   entities by type, then id; triples by relation, then head and tail; compared by code unit,
//         so that no locale changes the bytes.
import fs from 'node:fs';
import path from 'node:path';
import { byCodeUnit, here, note, packageFile, report, slug, versionOf } from './common.mjs';
import { checkAtlas } from './check_atlas.mjs';
import { buildCountries, readCountries, refuseStaleCorrections } from './countries.mjs';
import { licencesText } from './licences.mjs';
import { writeEmoji, writeFlags } from './pictures.mjs';
import { readThings, thingTriples } from './things.mjs';
import { readWordNet } from './wordnet.mjs';

const wordNetFolder = '/usr/share/wordnet'; // of the Debian package wordnet-base
const countryTypes = ['country', 'city', 'language', 'currency', 'subregion', 'region', 'group'];

// A sentence for each relation, worded so that it needs no article before a name at its start, stays
// true where a country has several capitals, languages or currencies, and holds the label to the
// letter: the scoring of descriptions looks for it. A country has its world region even where its
// subregion has it too: what is true must be in the graph, or follow from it, as all else is taken to
// be false. `transitive` and `kinds` say what follows (docs/formats.md).
const ofKinds = { kinds: 'kind of' };
const mayBeKind = { overlaps: ['kind of'] };
const relations = [
  ['capital', '{head} has {tail} as a capital.'],
  ['language', '{head} has {tail} as a language.'],
  ['currency', '{head} uses the {tail} as a currency.'],
  ['subregion', '{head} is in the subregion {tail}.'],
  ['world region', '{head} is in the world region {tail}.'],
  ['borders', '{head} borders {tail}.'],
  ['UN group', '{head} is in the UN group {tail}.'],
  ['kind of', '{head} is a kind of {tail}.', { transitive: true }],
  ['part of', '{head} is part of {tail}.', { transitive: true, ...ofKinds }],
  ['made from', '{head} is made from {tail}.', { transitive: true, ...ofKinds, ...mayBeKind }],
  ['used in', '{head} is used in {tail}.', ofKinds],
].map(([label, statement, implies]) => ({ label, statement, ...implies }));

// Add things to the countries' entities and triples. A language of a country is the same entity.
function addThings({ entities, triples }, things, wordnet) {
  const ids = new Map();
  for (const language of entities.filter((e) => e.type === 'language')) ids.set(language.name, language.id);
  for (const { name, type, emoji } of things) {
    if (type === 'language' && ids.has(name)) continue;
    const id = `${type}:${slug(name)}`;
    ids.set(name, id);
    entities.push({ id, name, type, image: emoji ? `images/things/${slug(name)}.png` : '' });
  }
  for (const [head, relation, tail] of thingTriples(things, wordnet)) {
    triples.push({ head: ids.get(head), relation, tail: ids.get(tail) });
  }
}

function sortGraph({ entities, triples }) {
  const types = [...new Set([...countryTypes, ...entities.map((e) => e.type)])];
  const typeRank = (e) => types.indexOf(e.type);
  const relationRank = (t) => relations.findIndex((r) => r.label === t.relation);
  entities.sort((a, b) => typeRank(a) - typeRank(b) || byCodeUnit(a.id, b.id));
  triples.sort(
    (a, b) =>
      relationRank(a) - relationRank(b) || byCodeUnit(a.head, b.head) || byCodeUnit(a.tail, b.tail),
  );
}

function writeTable(file, columns, rows) {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  fs.writeFileSync(file, lines.map((line) => line.join('\t') + '\n').join(''));
}

const source = (name, licence, what) => ({ name, version: versionOf(name), licence, what });
const sources = [
  source('world-countries', 'ODbL-1.0', 'countries: names, capitals, languages, borders, regions'),
  source('flag-icons', 'MIT', 'flags'),
  { name: 'WordNet', version: '3.0', licence: 'WordNet 3.0', what: 'things: kinds, parts, substances' },
  source('@twemoji/svg', 'CC-BY-4.0', 'emoji, drawn by Twitter and other contributors'),
  source('emojibase-data', 'MIT', 'names of the emoji'),
];

function graphJson({ entities, triples }) {
  return {
    schema: 'stareval.graph/1',
    name: 'atlas',
    version: '2',
    title: 'Atlas of countries and things',
    description:
      'Countries and territories with their flags, capitals, languages, currencies, land borders and ' +
      'regions; animals, plants, food, tools, vehicles and other things with emoji, by what they are ' +
      'a kind of, a part of or made from.',
    licence: 'ODbL-1.0 and WordNet 3.0 (facts), MIT (flags), CC-BY-4.0 (emoji); see LICENSES.md',
    sources,
    counts: {
      entities: entities.length,
      relations: relations.length,
      triples: triples.length,
      images: entities.filter((e) => e.image).length,
    },
    relations,
  };
}

function writeImages(countries, things, folder) {
  fs.mkdirSync(path.join(folder, 'images', 'things'), { recursive: true });
  writeFlags(countries, path.join(folder, 'images'));
  const pictured = things.filter((thing) => thing.emoji);
  writeEmoji(pictured, path.join(folder, 'images', 'things'), (thing) => slug(thing.name));
}

function writeTexts(graph, folder) {
  writeTable(path.join(folder, 'entities.tsv'), ['id', 'name', 'type', 'image'], graph.entities);
  writeTable(path.join(folder, 'triples.tsv'), ['head', 'relation', 'tail'], graph.triples);
  const json = JSON.stringify(graphJson(graph), null, 2) + '\n';
  fs.writeFileSync(path.join(folder, 'graph.json'), json);
  const licenceOf = (name) => fs.readFileSync(packageFile(name, 'LICENSE'), 'utf8').trim();
  fs.writeFileSync(path.join(folder, 'LICENSES.md'), licencesText(versionOf, licenceOf));
}

function main(folder) {
  if (!folder) throw new Error('usage: node make_atlas.mjs FOLDER');
  const source = readCountries();
  const things = readThings(path.join(here, 'things.txt'));
  const graph = buildCountries(source);
  refuseStaleCorrections();
  addThings(graph, things, readWordNet(wordNetFolder));
  sortGraph(graph);
  note(`things: ${things.length}`);
  // Remove only what this script writes, so that a mistyped folder loses nothing else.
  const outputs = ['graph.json', 'entities.tsv', 'triples.tsv', 'LICENSES.md', 'images'];
  outputs.forEach((name) => fs.rmSync(path.join(folder, name), { recursive: true, force: true }));
  writeImages(source.countries, things, folder);
  writeTexts(graph, folder);
  console.log([...new Set(report)].join('\n'));
  console.log(checkAtlas(folder));
}

main(process.argv[2]);
