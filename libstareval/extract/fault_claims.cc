#include <algorithm>
#include <vector>

#include "libstareval/base/text.h"
#include "libstareval/extract/fault_claims_internal.h"
#include "libstareval/extract/lexicon_internal.h"
#include "libstareval/extract/none_phrase_internal.h"
#include "libstareval/extract/scan_internal.h"

namespace stareval::extract {
namespace {

enum Meaning : Meanings {
  kFault = 1U << 0,
  kTruth = 1U << 1,
  kNegative = 1U << 2,
  kHedge = 1U << 3,
  kExcept = 1U << 4,
  kCopula = 1U << 5,
  kSingle = 1U << 6,   // what one fault is counted with
  kOpening = 1U << 7,  // may stand before a claim
  kHolds = 1U << 8,
  kPicture = 1U << 9,
  kFinds = 1U << 10,
  kSetting = 1U << 11,  // may stand after a claim: "in one of the facts"
  kAdverb = 1U << 12,
};

constexpr Lexicon<256> kWords{
    {kFault,
     "wrong false incorrect erroneous error errors mistake mistakes mistaken untrue inaccurate "
     "inaccuracy corrupted faulty incorrectly wrongly off"},
    {kTruth, "correct true right accurate valid fine ok okay consistent sound"},
    {kNegative, "no not never cannot neither nor none nothing without nobody hardly zero free"},
    {kHedge,
     "maybe perhaps probably possibly likely could might may if whether unless or either unsure "
     "unclear doubt suppose assuming would should"},
    {kExcept, "except excepting apart besides but however although though save unless only"},
    {kCopula, "is are was were be seem seems appear appears look looks it's that's isn't aren't"},
    {kSingle, "a an one some two three several"},
    {kOpening, "so therefore thus hence overall i think believe that it seems appears yes"},
    {kHolds, "contains contain has have shows includes"},
    {kPicture, "graph picture image"},
    {kSetting,
     "in of the this that one graph picture image knowledge fact facts triple triples statement "
     "statements relation relations entity entities edge edges arrow arrows here shown present"},
    {kAdverb, "not quite entirely completely fully all factually indeed also clearly to"},
    {kFinds, "see find found detect detected spotted noticed notice spot"},
};

bool means(std::string_view word, Meanings meanings) { return (kWords.of(word) & meanings) != 0; }

bool has(std::string_view text, Meanings meanings) {
  return any_word(text, [&](std::string_view word) { return means(word, meanings); });
}

using Words = std::vector<std::string_view>;

bool means_at(const Words& words, std::size_t at, Meanings meanings) {
  return at < words.size() && means(words[at], meanings);
}

// Not "There is an error in my reasoning".
bool only_setting(const Words& words, std::size_t at) {
  while (means_at(words, at, kSetting)) ++at;
  return at >= words.size();
}

// "an obvious error", "one wrong fact", "some incorrect triples in the graph" to the end.
bool ends_by_fault(const Words& words, std::size_t at) {
  if (!means_at(words, at, kSingle)) return false;
  for (std::size_t i = at + 1; i < std::min(words.size(), at + 4); ++i)
    if (means(words[i], kFault)) return only_setting(words, i + 1);
  return false;
}

bool is_copula(std::string_view word) {
  return is_one_of(word, {"is", "are", "seems", "appears", "looks"});
}

// From a place: "there is an error", "something is wrong", "the graph contains a mistake", "the
// picture is wrong", "i see an error". Not "there was an error", which excuses.
bool claims_fault_at(const Words& words, std::size_t at) {
  const auto first = words[at];
  const bool copula = at + 1 < words.size() && is_copula(words[at + 1]);
  if (first == "there") return copula && ends_by_fault(words, at + 2);
  if (first == "something")
    return copula && means_at(words, at + 2, kFault) && only_setting(words, at + 3);
  if (first == "i") return means_at(words, at + 1, kFinds) && ends_by_fault(words, at + 2);
  if (first != "the" && first != "this") return false;
  at += at + 1 < words.size() && words[at + 1] == "knowledge" ? 2 : 1;
  if (!means_at(words, at, kPicture) || at + 1 >= words.size()) return false;
  if (means(words[at + 1], kHolds)) return ends_by_fault(words, at + 2);
  return is_copula(words[at + 1]) && means_at(words, at + 2, kFault) && at + 3 == words.size();
}

bool claims_fault(std::string_view sentence) {
  if (has_negation(sentence) || has(sentence, kNegative | kHedge | kExcept | kTruth)) return false;
  const auto words = words_of(sentence);
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (claims_fault_at(words, at)) return true;
    if (!means(words[at], kOpening)) return false;
  }
  return false;
}

// A truth word counts as a predicate only: "is correct", not "the correct capital".
bool calls_true(std::string_view clause) {
  const auto words = words_of(clause);
  bool copula = words.empty() || means(words.front(), kTruth);
  for (const std::string_view word : words) {
    if (copula && means(word, kTruth)) return true;
    copula = copula || means(word, kCopula) || word.ends_with("n't");
    if (word == "the" || word == "a") copula = false;
  }
  return false;
}

void add_clause(std::string_view clause, FaultClaims& claims) {
  if (has(clause, kHedge)) claims.hedged = true;
  const bool fault = has(clause, kFault);
  const bool truth = calls_true(clause);
  const bool negative = has_negation(clause) || has(clause, kNegative);
  if (negative && !fault && !truth) claims.hedged = true;  // "Berlin is not its capital"
  if (fault && truth) return ++claims.fault, ++claims.clean, void();
  if (fault) ++(negative ? claims.clean : claims.fault);
  if (truth) ++(negative ? claims.fault : claims.clean);
}

void add_sentence(std::string_view sentence, FaultClaims& claims) {
  if (trim(sentence).ends_with('?')) {
    claims.hedged = true;
    claims.asks_truth =
        claims.asks_truth || has(sentence, kTruth) ||
        (has(sentence, kFault) && (has_negation(sentence) || has(sentence, kNegative)));
    return;
  }
  if (has(sentence, kExcept)) claims.excepts = true;
  if (words_of(sentence).size() > 1 && says_none(trim(sentence))) {
    ++claims.surely_clean;
    return;
  }
  if (claims_fault(sentence)) {
    ++claims.surely_fault;
    return;
  }
  for (std::size_t begin = 0; begin < sentence.size();) {
    const std::size_t end = std::min(sentence.find_first_of(",:;()", begin), sentence.size());
    add_clause(sentence.substr(begin, end - begin), claims);
    begin = end + 1;
  }
}

// {"error": true}
bool add_json(std::string_view lower, FaultClaims& claims) {
  const auto text = trim(lower);
  if (!text.starts_with('{') || !text.ends_with('}')) return false;
  auto words = words_of(text);
  if (!words.empty() && words.front() == "has") words.erase(words.begin());
  if (words.size() != 2 || !means(words.front(), kFault)) return false;
  if (words.back() != "true" && words.back() != "false") return false;
  ++(words.back() == "true" ? claims.surely_fault : claims.surely_clean);
  return true;
}

}  // namespace

std::optional<bool> FaultClaims::sure() const {
  if (hedged || excepts || asks_truth) return std::nullopt;
  if (surely_fault > 0 && surely_clean == 0 && clean == 0) return true;
  if (surely_clean > 0 && surely_fault == 0 && fault == 0) return false;
  return std::nullopt;
}

FaultClaims fault_claims(std::string_view lower) {
  FaultClaims claims;
  if (add_json(lower, claims)) return claims;
  for_each_sentence(lower, {0, lower.size()}, [&](Span sentence) {
    add_sentence(lower.substr(sentence.begin, sentence.end - sentence.begin), claims);
  });
  return claims;
}

}  // namespace stareval::extract
