#include <algorithm>
#include <string>
#include <vector>

#include "libstareval/base/text.h"
#include "libstareval/extract/none_phrase_internal.h"
#include "libstareval/extract/scan_internal.h"

namespace stareval::extract {
namespace {

constexpr std::size_t kLongest = 300;  // bytes of a sentence that can say "none"

bool is_wrong(std::string_view w) {
  return is_one_of(w, {"wrong", "false", "incorrect", "erroneous", "corrupted", "untrue",
                       "inaccurate", "mistaken", "faulty"});
}
bool is_right(std::string_view w) {
  return is_one_of(w, {"correct", "true", "right", "accurate", "valid", "fine"});
}
bool is_error(std::string_view w) {
  return is_one_of(w, {"error", "errors", "mistake", "mistakes"});
}
bool is_fact(std::string_view w) {
  return is_one_of(w, {"fact", "facts", "triple", "triples", "arrow", "arrows", "edge", "edges",
                       "statement", "statements", "relation", "relations", "one", "them"});
}
bool is_opening(std::string_view w) {
  return is_one_of(
      w, {"so", "therefore", "thus", "hence", "overall", "i", "think", "believe", "that", "it",
          "seems", "appears", "yes", "no", "see", "find", "found", "detect"});
}
bool is_setting(std::string_view w) {  // "shown in the knowledge graph"
  return is_one_of(w, {"in",       "of",      "the",   "this", "that", "these",    "knowledge",
                       "graph",    "picture", "image", "was",  "were", "found",    "shown",
                       "here",     "present", "there", "at",   "all",  "detected", "displayed",
                       "depicted", "factual", "given", "above"});
}
bool is_copula(std::string_view w) {
  return is_one_of(w, {"is", "are", "seem", "seems", "appear", "appears", "look", "looks"});
}

bool is_holding(std::string_view w) {
  return is_one_of(w, {"contains", "contain", "has", "have", "shows", "show"});
}
bool is_failing(std::string_view w) {
  return is_one_of(w, {"cannot", "can't", "couldn't", "don't", "didn't"});
}
bool is_auxiliary(std::string_view w) { return is_one_of(w, {"can", "could", "do", "did"}); }

// A cursor over the words of a sentence; every step either fits or stays.
class Phrase {
 public:
  explicit Phrase(std::vector<std::string_view> words, std::size_t at)
      : words_(std::move(words)), at_(at) {}

  // "none", "none of the facts is wrong", "nothing is wrong"
  [[nodiscard]] bool is_plain_none() {
    if (take("there") && !take_if(is_copula)) return false;  // "there is nothing wrong"
    if (take("nothing") && take_if(is_wrong)) return settles();
    at_ -= at_ > 0 && words_[at_ - 1] == "nothing" ? 1 : 0;
    if (take("nothing")) return done() || (take_if(is_copula) && take_if(is_wrong) && settles());
    if (take("null")) return done();
    if (!take("none")) return false;
    const bool of = !done() && words_[at_] == "of";
    bool fact = false;
    while (take_if(is_setting) || (peek(is_fact) && next()))
      fact = fact || is_fact(words_[at_ - 1]);
    if (done()) return fact || !of;  // not "none of these"
    return take_if(is_copula) && take_if(is_wrong) && settles();
  }

  // "there is no wrong fact", "no error", "the graph contains no error", "no triple is wrong",
  // "can't see anything wrong"
  [[nodiscard]] bool is_absence() {
    if (!take_absence()) return false;
    if (take("anything")) return take_if(is_wrong) && settles();
    bool wrong = false;
    while (take("single") || take("obvious") || take("factual") || (peek(is_wrong) && next()))
      wrong = wrong || is_wrong(words_[at_ - 1]);
    const bool error = take_if(is_error);
    if (!error && !take_if(is_fact)) return false;
    if (error || wrong) return settles();
    while (take_if(is_setting)) {
    }
    return take_if(is_copula) && take_if(is_wrong) && settles();
  }

  // "all of the facts shown are correct", "everything is true", "every triple is correct"
  [[nodiscard]] bool is_approval() {
    if (!take_subject()) {
      if (!take("all") && !take("every") && !take("each") && !take("everything")) return false;
      while (take_if(is_setting) || take_if(is_fact)) {
      }
    }
    if (!take_if(is_copula)) return false;
    if (take("to") && !take("be")) return false;
    take("factually");
    if (!take_if(is_right)) return false;
    while (take("and") && take_if(is_right)) {
    }
    return settles();
  }

 private:
  using Test = bool (*)(std::string_view);

  // "no", "there is no", "there isn't any", "the graph contains no", "the graph does not contain
  // any", "cannot find any", "am unable to see any"; not yet the "anything" of "can't see anything"
  bool take_absence() {
    bool negated = false;
    if (take_subject()) {
      negated = take("doesn't") || (take("does") && take("not"));
      if (!take_if(is_holding)) return false;
    } else if (take("there")) {
      negated = take("isn't") || take("aren't");
      if (!negated && !take_if(is_copula)) return false;
      negated = negated || take("not");
    } else if (take_failure()) {
      negated = take("see") || take("find") || take("detect") || take("identify");
      if (!negated) return false;
    }
    if (!negated) return take("no") || take("zero");
    return take("any") || take("a") || take("an") || (!done() && words_[at_] == "anything");
  }

  // "cannot", "could not", "don't", "am unable to", "I'm not able to"
  bool take_failure() {
    if (take("am") || take("i'm"))
      return (take("unable") || (take("not") && take("able"))) && take("to");
    return take_if(is_failing) || (take_if(is_auxiliary) && take("not"));
  }

  bool take_subject() {  // "the knowledge graph", "this picture"
    const std::size_t start = at_;
    if (take("the") || take("this")) {
      take("knowledge");
      if (take("graph") || take("picture") || take("image")) return true;
    }
    at_ = start;
    return false;
  }
  bool settles() {
    while (take_if(is_setting)) {
    }
    return done();
  }
  [[nodiscard]] bool done() const { return at_ >= words_.size(); }
  [[nodiscard]] bool peek(Test test) const { return !done() && test(words_[at_]); }
  bool next() { return ++at_ > 0; }
  bool take_if(Test test) { return peek(test) && next(); }
  bool take(std::string_view word) { return !done() && words_[at_] == word && next(); }

  std::vector<std::string_view> words_;
  std::size_t at_;
};

}  // namespace

namespace {

// One clause: "none", "all facts are correct"; the words that open a sentence may stand before it.
bool is_none_clause(std::string_view clause) {
  const auto words = words_of(clause);
  if (words.size() == 1 && words.front() == "no") return true;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (Phrase(words, at).is_plain_none() || Phrase(words, at).is_absence() ||
        Phrase(words, at).is_approval())
      return true;
    if (!is_opening(words[at])) return false;
  }
  return false;
}

bool is_opening_clause(std::string_view clause) {
  const auto words = words_of(clause);
  return std::all_of(words.begin(), words.end(), is_opening);
}

// "all 6 facts", "of the 6 facts": how many there are says nothing else.
void drop_count(std::string& normal) {
  for (const std::string_view before : {"all ", "the "}) {
    const std::size_t found = normal.find(before);
    if (found == normal.npos) continue;
    const std::size_t begin = found + before.size();
    std::size_t end = begin;
    while (is_digit(char_at(normal, end))) ++end;
    if (char_at(normal, end) != ' ') continue;
    normal.erase(begin, end > begin ? end + 1 - begin : 0);
    return;
  }
}

}  // namespace

bool says_none(std::string_view text) {
  if (text.size() > kLongest || text.find('?') != text.npos) return false;  // a question
  std::string normal = normalise_name(text);
  drop_count(normal);
  for (const char c : normal)  // digits and foreign letters say something else
    if (is_digit(c) || static_cast<unsigned char>(c) >= 0x80) return false;
  bool says = false;
  for (std::size_t begin = 0; begin < normal.size();) {
    std::size_t end = normal.find_first_of(",;:-(", begin);
    end = std::min(end, normal.size());
    const auto clause = std::string_view(normal).substr(begin, end - begin);
    if (is_none_clause(clause)) says = true;
    else if (!is_opening_clause(clause)) return false;
    begin = end + 1;
  }
  return says;
}

}  // namespace stareval::extract
