// The text of LICENSES.md, the notice that goes with the data of the atlas.
export function licencesText(factsVersion, flagsVersion, mitText) {
  return `# Licences of the atlas

## Facts: Open Database License 1.0

\`graph.json\`, \`entities.tsv\` and \`triples.tsv\` contain information from **world-countries**
(version ${factsVersion}), by Mohammed Le Doze and contributors, <https://github.com/mledoze/countries>,
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

The pictures in \`images/\` are made from **flag-icons** (version ${flagsVersion}), by Panayiotis Lipiridis and
contributors, <https://github.com/lipis/flag-icons>. They are not part of the database above.

What was changed: the drawings of 4:3 were turned into PNG pictures of 96 x 72 pixels, the seams between
their shapes made opaque, and the files named by the country's three-letter code.

\`\`\`text
${mitText}
\`\`\`
`;
}
