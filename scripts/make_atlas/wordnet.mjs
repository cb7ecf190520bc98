// The nouns of WordNet 3.0, as its database files hold them.
// Source  wndb(5WN): data.noun has a line a synset: offset, file, type, word count (hexadecimal), words,
//         pointer count, pointers (symbol, offset, part of speech, ends), gloss; index.noun has a line a
//         lemma whose last fields are the offsets of its senses, the most frequent first.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const header = '  '; // lines of the licence begin so
const symbols = { hypernym: ['@', '@i'], part: ['%p'], substance: ['%s'] };

// The senses in the table are numbers within these files, so that other files would mean other things.
const digests = {
  'data.noun': 'fea17d2f9656611334eac790e5d69e47645fa180c4aa481fb4cd9b3520754ca2',
  'index.noun': 'a490d99d93d017bf4822fe2f0ffa51fd73911ce271dc7535fade21f8814b5a04',
};

function readLines(folder, name) {
  const bytes = fs.readFileSync(path.join(folder, name));
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== digests[name]) throw new Error(`${folder}/${name}: not the file of WordNet 3.0`);
  return bytes.toString('latin1').split('\n').filter((line) => line && !line.startsWith(header));
}

function readSynset(line) {
  const fields = line.split(' | ')[0].trim().split(' ');
  const wordCount = parseInt(fields[3], 16);
  const at = 4 + 2 * wordCount;
  const pointers = Array.from({ length: Number(fields[at]) }, (_, i) => {
    const [symbol, offset, part] = fields.slice(at + 1 + 4 * i);
    return { symbol, offset, part };
  });
  return [fields[0], pointers.filter((p) => p.part === 'n')];
}

// Give {sense, related}: sense('dog#1') is an offset; related(offset, 'hypernym') are offsets.
export function readWordNet(folder) {
  const synsets = new Map(readLines(folder, 'data.noun').map(readSynset));
  const senses = new Map();
  for (const line of readLines(folder, 'index.noun')) {
    const fields = line.trim().split(' ');
    senses.set(fields[0], fields.slice(-Number(fields[2])));
  }
  const sense = (key) => {
    const [lemma, number] = key.split('#');
    const offset = senses.get(lemma.replaceAll(' ', '_'))?.[Number(number) - 1];
    if (!offset) throw new Error(`WordNet has no noun ${key}`);
    return offset;
  };
  const related = (offset, kind) =>
    synsets
      .get(offset)
      .filter((p) => symbols[kind].includes(p.symbol))
      .map((p) => p.offset);
  return { sense, related };
}
