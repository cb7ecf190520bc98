// The text of LICENSES.md, the notices that go with the data of the atlas.

// Source  the file `copyright` of the Debian package wordnet-base, and the head of WordNet's own files.
const wordNetText = `This software and database is being provided to you, the LICENSEE, by
Princeton University under the following license.  By obtaining, using
and/or copying this software and database, you agree that you have
read, understood, and will comply with these terms and conditions.:

Permission to use, copy, modify and distribute this software and
database and its documentation for any purpose and without fee or
royalty is hereby granted, provided that you agree to comply with
the following copyright notice and statements, including the disclaimer,
and that the same appear on ALL copies of the software, database and
documentation, including modifications that you make for internal
use or for distribution.

WordNet 3.0 Copyright 2006 by Princeton University.  All rights reserved.

THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON
UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR
IMPLIED.  BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON
UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANT-
ABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE
OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT
INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR
OTHER RIGHTS.

The name of Princeton University or Princeton may not be used in
advertising or publicity pertaining to distribution of the software
and/or database.  Title to copyright in this software, database and
any associated documentation shall at all times remain with
Princeton University and LICENSEE agrees to preserve same.`;

// `versionOf` and `licenceOf` give the version and the text of the licence of a package.
export function licencesText(versionOf, licenceOf) {
  return `# Licences of the atlas

| files | from | licence |
|---|---|---|
| \`graph.json\`, \`entities.tsv\`, \`triples.tsv\` | facts about countries: world-countries ${versionOf('world-countries')} | ODbL 1.0, as the whole database |
| the same three | facts about things: WordNet 3.0 | WordNet 3.0 License |
| \`images/*.png\` | flag-icons ${versionOf('flag-icons')} | MIT License |
| \`images/things/*.png\` | Twemoji, as in @twemoji/svg ${versionOf('@twemoji/svg')} | CC BY 4.0 |

The pictures are collected beside the database and are not part of it.

## Facts: Open Database License 1.0

\`graph.json\`, \`entities.tsv\` and \`triples.tsv\` contain information from **world-countries**
(version ${versionOf('world-countries')}), by Mohammed Le Doze and contributors, <https://github.com/mledoze/countries>,
which is made available under the Open Database License (ODbL) 1.0.

These three files are a derivative database and are made available under the same licence: the Open
Database License 1.0, <https://opendatacommons.org/licenses/odbl/1.0/>. Any rights in individual contents
of the database are licensed under the same terms, as far as the makers of the atlas hold any.

What the licence asks, in short (the licence text decides):

* whoever hands on the database, or one derived from it, keeps this notice, states the licence or its
  address, and offers a derived database under the ODbL;
* whoever shows a work made from it in public, such as a picture of a part of the graph, a question or a
  report of results, says that it contains information from this database and that the database is
  available under the ODbL. This line is enough:

  > Contains information from the StarEval atlas and from world-countries (Mohammed Le Doze and
  > contributors), which are made available under the Open Database License (ODbL) 1.0.

What was changed:

* of each country, the common English name, capitals, languages, currencies, land borders, region,
  subregion and United Nations regional group were taken, and written as entities and triples; all else
  was left out;
* the facts that were wrong or missing, and the names that were too long, inconsistent or shared by two
  entities, were corrected; \`corrections.mjs\` of the script that makes the atlas
  (\`scripts/make_atlas\`) lists each with its reason;
* capitals that share a name with a country or with another capital have a word in brackets;
* the region of a subregion was made from the countries that share both.

## Flags: MIT License

The pictures in \`images/\` itself are made from **flag-icons** (version ${versionOf('flag-icons')}), by Panayiotis Lipiridis and
contributors, <https://github.com/lipis/flag-icons>. They are not part of the database above.

What was changed: the drawings of 4:3 were turned into PNG pictures of 96 x 72 pixels, the seams between
their shapes made opaque, and the files named by the country's three-letter code.

\`\`\`text
${licenceOf('flag-icons')}
\`\`\`

## Facts about things: WordNet 3.0

The kinds of things, and many of their parts and of what they are made from, are taken from **WordNet 3.0** of
Princeton University, <https://wordnet.princeton.edu/> (Debian package wordnet-base).

What was changed: some 1,400 of its nouns were taken, each in one sense or two, with names of our choosing; steps
between them were left out; facts that are out of date were left out and missing ones added, as
\`thing_corrections.mjs\` lists. Princeton University has no part in these changes.

\`\`\`text
${wordNetText}
\`\`\`

## Emoji: CC BY 4.0

The pictures in \`images/things/\` are made from **Twemoji**, copyright 2014-2023 Twitter, Inc and other
contributors, <https://github.com/jdecked/twemoji>, graphics licensed under the Creative Commons
Attribution 4.0 International License (CC BY 4.0), <https://creativecommons.org/licenses/by/4.0/>. They were taken
from the npm package @twemoji/svg, version ${versionOf('@twemoji/svg')}, by Samuel Kopp, which packages them under the MIT License.

What was changed: the drawings were turned into PNG pictures of 96 x 96 pixels with fewer colours, and the files
named by what they show. The licence disclaims all warranties.

Whoever shows them, also within a picture of a part of the graph, names them. This line is enough:

> Emoji: Twemoji by Twitter, Inc and other contributors, CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/),
> rasterised.

The names by which the emoji were looked up are those of **emojibase-data** (version ${versionOf('emojibase-data')}), by Miles
Johnson, <https://github.com/milesj/emojibase>, under the MIT License; few remain as names of things.

\`\`\`text
${licenceOf('emojibase-data')}
\`\`\`
`;
}
