// Animals, plants, food and other things with an emoji for a picture, as entities and triples.
// Input   things.txt (what is in, and in which sense), WordNet (what is a kind, a part or made of
//         what), thing_corrections.mjs.
// Rule    A thing is tied to the nearest wider things that are in the table: WordNet's chain "dog,
//         canine, carnivore, placental, mammal, ..." passes over what no reader needs. Parts and
//         substances are taken where both ends are in the table.
import fs from 'node:fs';
import * as corrections from './thing_corrections.mjs';

// Read the table: lines "name | emoji or - | sense [sense...]" below "[type]"; "//" begins a comment.
export function readThings(file) {
  let type = '';
  return fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('//'))
    .flatMap((line) => {
      if (line.startsWith('[')) type = line.slice(1, -1);
      if (line.startsWith('[')) return [];
      const [name, emoji, senses] = line.split('|').map((cell) => cell.trim());
      return [{ name, type, emoji: emoji === '-' ? '' : emoji, senses: senses === '-' ? [] : senses.split(', ') }];
    });
}

// Offsets of the table's things that are met first on each way up from `start`.
function nearestAbove(start, wordnet, known) {
  const found = new Set();
  const seen = new Set();
  const visit = (offset) => {
    for (const above of wordnet.related(offset, 'hypernym')) {
      if (seen.has(above)) continue;
      seen.add(above);
      if (known.has(above)) found.add(known.get(above));
      else visit(above);
    }
  };
  visit(start);
  return found;
}

// Drop what another of a thing's wider things says already: a poodle is a mammal because it is a dog.
function reduce(wider) {
  const reaches = (from, to, seen = new Set()) =>
    [...(wider.get(from) ?? [])].some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, to, seen);
    });
  for (const [name, list] of wider) {
    for (const one of [...list]) {
      if ([...list].some((other) => other !== one && reaches(other, one))) list.delete(one);
    }
  }
}

function widerThings(things, wordnet, known, names) {
  const wider = new Map();
  for (const { name, senses } of things) {
    const own = corrections.kinds[name];
    const list = own ?? senses.flatMap((s) => [...nearestAbove(wordnet.sense(s), wordnet, known)]);
    for (const one of list) if (!names.has(one)) throw new Error(`kinds of ${name}: no "${one}"`);
    wider.set(name, new Set(list.filter((one) => one !== name)));
  }
  reduce(wider);
  return wider;
}

function pairs(things, wordnet, known, pointer) {
  return things.flatMap(({ name, senses }) =>
    senses
      .flatMap((s) => wordnet.related(wordnet.sense(s), pointer))
      .filter((offset) => known.has(offset))
      .map((offset) => [known.get(offset), name])
      .filter((pair) => pair[0] !== pair[1]),
  );
}

// Take out what corrections call wrong, and add what they add; refuse what changes nothing.
function corrected(triples, names) {
  const kept = new Map(triples.map((triple) => [triple.join('\t'), triple]));
  for (const wrong of corrections.wrongFacts) {
    if (!kept.delete(wrong.join('\t'))) throw new Error(`wrongFacts: ${wrong} is not there`);
  }
  for (const fact of corrections.facts) {
    if (kept.has(fact.join('\t'))) throw new Error(`facts: ${fact} is there already`);
    const [head, , tail] = fact;
    if (!names.has(head) || !names.has(tail)) throw new Error(`facts: ${fact}: not in the table`);
    kept.set(fact.join('\t'), fact);
  }
  for (const name of Object.keys(corrections.kinds)) {
    if (!names.has(name)) throw new Error(`kinds of ${name}: not in the table`);
  }
  return [...kept.values()];
}

// Give [head name, relation, tail name] of all that is true of the things.
export function thingTriples(things, wordnet) {
  const known = new Map(things.flatMap((t) => t.senses.map((s) => [wordnet.sense(s), t.name])));
  const names = new Set(things.map((t) => t.name));
  const triples = [];
  for (const [name, list] of widerThings(things, wordnet, known, names)) {
    for (const one of list) triples.push([name, 'kind of', one]);
  }
  for (const [part, whole] of pairs(things, wordnet, known, 'part')) {
    triples.push([part, 'part of', whole]);
  }
  for (const [substance, whole] of pairs(things, wordnet, known, 'substance')) {
    triples.push([whole, 'made from', substance]);
  }
  return corrected(triples, names);
}
