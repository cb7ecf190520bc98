// The world's countries with their capitals, languages, currencies, regions and neighbours.
// Input   the package world-countries, as corrections.mjs changes it.
// Output  {entities, triples}; a country's picture is images/CODE.png.
import fs from 'node:fs';
import { fold } from './check_atlas.mjs';
import * as corrections from './corrections.mjs';
import { note, packageFile, slug } from './common.mjs';

const nameTables = ['countryNames', 'languageNames', 'currencyNames', 'cityNames'];

// Look up a corrected name; refuse a correction that is equal to what the source says already.
const usedNames = new Set();
function corrected(table, key, name) {
  if (!(key in corrections[table])) return name;
  const better = corrections[table][key];
  if (better !== name) usedNames.add(`${table}/${key}`);
  return better;
}

export function refuseStaleCorrections() {
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
export function readCountries() {
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

export function buildCountries({ countries, byCode }) {
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
