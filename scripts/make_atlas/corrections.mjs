// Corrections to the facts of world-countries, each with its reason.
// The source is kept as it is except where it contradicts itself, names one thing in two ways, states
// what was already wrong when it was published, or gives a name that cannot label one entity only.
// Changes in the world after the source's release are not followed, so that the graph stays what its
// source and version say. make_atlas.mjs refuses a correction that no longer changes anything.

// The source gives Kosovo the placeholder code UNK; XKX is the user-assigned code in common use.
export const countryCodes = { UNK: 'XKX' };

// The flag of the code SH is the Union Flag; the island has one of its own.
export const flags = { SHN: 'sh-hl' };

export const countryNames = {
  // Longer than 34 characters: too wide for the box of a drawn entity.
  SHN: 'Saint Helena',
  ATF: 'French Southern Territories',
  UMI: 'US Minor Outlying Islands',
  // The common name is that of the subregion, too.
  FSM: 'Federated States of Micronesia',
};

export const languageNames = {
  // Named in two ways by the source.
  ron: 'Romanian', // Moldova: "Moldavian"
  sot: 'Sotho', // South Africa: "Southern Sotho"
  // A second name in brackets.
  fas: 'Persian',
  // The same as the name of a country.
  nau: 'Nauruan',
  toi: 'Chitonga',
};

export const currencyNames = {
  // Named in two ways by the source.
  DKK: 'Danish krone',
  GBP: 'British pound',
  NOK: 'Norwegian krone',
  // Without the country's adjective and in lower case, unlike every other currency.
  GEL: 'Georgian lari',
  GMD: 'Gambian dalasi',
  MKD: 'Macedonian denar',
  // Longer than 34 characters.
  BAM: 'Bosnian convertible mark',
  // The plural does not fit "uses the ...".
  ZWB: 'Zimbabwean bond note',
  // The word "soberano" was dropped from the name in 2021.
  VES: 'Venezuelan bolívar',
};

// Keyed by country and the name that the source gives.
export const cityNames = {
  // The Tahitian spelling; every other capital has its English or official form.
  'PYF/Papeetē': 'Papeete',
  // The name of the country in brackets would be 34 characters, and the island says it better.
  'BES/Oranjestad': 'Oranjestad (Sint Eustatius)',
};

// Facts to add: [country, field, value].
export const additions = [
  ['AUT', 'languages', 'deu'], // only "Austro-Bavarian German" is listed
  ['CHE', 'languages', 'deu'], // only "Swiss German" is listed
  ['FSM', 'currencies', 'USD'], // no currency is listed
  // Second capitals, as the source lists them for South Africa.
  ['SWZ', 'capital', 'Mbabane'], // of the administration; only the royal one is listed
  ['BOL', 'capital', 'La Paz'], // seat of the government; only the one of the constitution is listed
  ['LKA', 'capital', 'Sri Jayawardenepura Kotte'], // of the legislature; only Colombo is listed
  ['MYS', 'capital', 'Putrajaya'], // of the administration; only Kuala Lumpur is listed
];

// Facts to leave out: [country, field, value].
export const removals = [
  ['LKA', 'borders', 'IND'], // divided by the sea, and absent from India's list
  ['HKG', 'capital', 'City of Victoria'], // a settlement of the past; Hong Kong has no capital
  ['CUB', 'currencies', 'CUC'], // withdrawn in 2021
];
