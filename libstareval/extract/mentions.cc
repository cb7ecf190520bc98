#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "libstareval/extract/count_words_internal.h"
#include "libstareval/extract/mentions_internal.h"
#include "libstareval/extract/negation_internal.h"

namespace stareval::extract {
namespace {

using Kind = Number::Kind;

constexpr auto kNoCount = std::numeric_limits<std::int64_t>::max();

// Beyond these a sentence is none, so that walks over its words stay cheap.
constexpr std::size_t kLongest = 4000;  // bytes
constexpr std::ptrdiff_t kMostNumbers = 24;

// ---- tokens

struct Token {
  enum class Type { word, number, sign } type = Type::word;
  Span span;
  Meanings meanings = 0;  // of a word; 0: not known
  char sign = '\0';       // in ASCII
  Number number;
};

// Signs of Chinese and Japanese, with what they are in ASCII.
constexpr std::array<std::pair<std::string_view, char>, 8> kWideSigns{{{"\xE3\x80\x82", '.'},
                                                                       {"\xEF\xBC\x8C", ','},
                                                                       {"\xE3\x80\x81", ','},
                                                                       {"\xEF\xBC\x9A", ':'},
                                                                       {"\xEF\xBC\x9B", ';'},
                                                                       {"\xEF\xBC\x88", '('},
                                                                       {"\xEF\xBC\x89", ')'},
                                                                       {"\xE2\x80\x94", '-'}}};

// What may stand around a count in Chinese: 图中共有7个实体.
constexpr std::array<std::string_view, 22> kPlainChinese{
    "\xE5\x9B\xBE",                          // 图
    "\xE4\xB8\xAD",                          // 中
    "\xE7\x89\x87",                          // 片
    "\xE8\xBF\x99",                          // 这
    "\xE5\xBC\xA0",                          // 张
    "\xE4\xB8\x80",                          // 一
    "\xE6\x80\xBB",                          // 总
    "\xE5\x85\xB1",                          // 共
    "\xE6\x9C\x89",                          // 有
    "\xE6\x98\xBE\xE7\xA4\xBA",              // 显示
    "\xE4\xBA\x86",                          // 了
    "\xE4\xB8\xAA",                          // 个
    "\xE5\xAE\x9E\xE4\xBD\x93",              // 实体
    "\xE8\x8A\x82\xE7\x82\xB9",              // 节点
    "\xE5\x85\xB3\xE7\xB3\xBB",              // 关系
    "\xE4\xB8\x89\xE5\x85\x83\xE7\xBB\x84",  // 三元组
    "\xE7\xAD\x94\xE6\xA1\x88",              // 答案
    "\xE6\x98\xAF",                          // 是
    "\xE4\xB8\xBA",                          // 为
    "\xE7\x9F\xA5\xE8\xAF\x86",              // 知识
    "\xE8\xB0\xB1",                          // 谱
    "\xE7\x9A\x84",                          // 的
};

bool is_plain_chinese(std::string_view text) {
  while (!text.empty()) {
    const auto* hit =
        std::find_if(kPlainChinese.begin(), kPlainChinese.end(),
                     [&](std::string_view phrase) { return text.starts_with(phrase); });
    if (hit == kPlainChinese.end()) return false;
    text.remove_prefix(hit->size());
  }
  return true;
}

Meanings meanings_of(std::string_view word) {
  if (const Meanings known = kCountWords.of(word); known != 0) return known;
  if (word.ends_with("n't")) return kDoubt;
  if (static_cast<unsigned char>(word.front()) < 0x80 && word.find('\xC3') == word.npos) return 0;
  if (word.starts_with("entit")) return kEntity;  // Entitäten, entités
  // réponse, ответ: only ASCII is in lower case
  if (word == "r\xC3\xA9ponse" || word.ends_with("\xD1\x82\xD0\xB2\xD0\xB5\xD1\x82"))
    return kBefore;
  return is_plain_chinese(word) ? kBefore | kAfter | kNoun : 0;
}

class Tokenizer {
 public:
  Tokenizer(std::string_view text, Span span) : text_(text), at_(span.begin), end_(span.end) {}

  bool next(Token& token) {
    for (;;) {
      at_ = skip_marks(text_, at_, end_);
      if (at_ >= end_) return false;
      if (read(token)) return true;
    }
  }

 private:
  bool read(Token& token) {
    const char c = text_[at_];
    if (const std::size_t length = wide_sign(token); length > 0) {
      at_ += length;
      return true;
    }
    const bool free = !is_ascii_word(char_before(text_, at_)) && is_ascii_word(c);
    if (const Number number = free ? number_at(text_, at_, end_) : Number{};
        number.span.end > at_) {
      token = {Token::Type::number, number.span, 0, '\0', number};
      at_ = number.span.end;
      return true;
    }
    const std::size_t begin = at_;
    if (!is_word(c)) {
      token = {Token::Type::sign, {at_, at_ + 1}, 0, c, {}};
      ++at_;
      return true;
    }
    do {
      while (at_ < end_ && is_lower(text_[at_])) ++at_;
    } while (at_ < end_ && goes_on(begin) && ++at_ > 0);
    token = {
        Token::Type::word, {begin, at_}, meanings_of(text_.substr(begin, at_ - begin)), '\0', {}};
    return true;
  }

  // A word goes on over letters, apostrophes and hyphens; digits end one of other letters than
  // ASCII ("共7个"), and belong to one of ASCII ("g20").
  [[nodiscard]] bool goes_on(std::size_t begin) const {
    const char c = text_[at_];
    if (is_digit(c)) return is_ascii_word(char_before(text_, at_)) || at_ == begin;
    if (static_cast<unsigned char>(c) >= 0x80)
      return !wide_sign_at() && mark_length(text_, at_) == 0;
    if (is_lower(c) || c == '_') return true;
    if (c == '\'' || c == '-') return at_ > begin && is_lower(char_at(text_, at_ + 1));
    return false;
  }

  static bool is_ascii_word(char c) { return is_lower(c) || is_digit(c) || c == '_'; }

  [[nodiscard]] const std::pair<std::string_view, char>* wide_sign_at() const {
    if (static_cast<unsigned char>(text_[at_]) < 0x80) return nullptr;
    const auto rest = text_.substr(at_, 3);
    const auto* hit = std::find_if(kWideSigns.begin(), kWideSigns.end(),
                                   [&](const auto& sign) { return sign.first == rest; });
    return hit == kWideSigns.end() ? nullptr : hit;
  }

  std::size_t wide_sign(Token& token) const {
    const auto* sign = wide_sign_at();
    if (sign == nullptr) return 0;
    token = {Token::Type::sign, {at_, at_ + 3}, 0, sign->second, {}};
    return 3;
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t end_;
};

// ---- nouns

Counted noun_of(Meanings meanings) {
  if ((meanings & kEntity) != 0) return Counted::entities;
  if ((meanings & kRelation) != 0) return Counted::relations;
  if ((meanings & kImage) != 0) return Counted::images;
  if ((meanings & kTriple) != 0) return Counted::triples;
  return Counted::anything;
}

// Takes a noun or an adjective in; false where the word is neither.
bool add_noun(CountedNoun& found, const Token& token) {
  if ((token.meanings & (kAnyNoun | kAdjective)) == 0) return false;
  if ((token.meanings & kAnyNoun) == 0) return true;
  // "relation labels": the first noun says of what
  if (found.noun == Counted::anything) found.noun = noun_of(token.meanings);
  found.any = true;
  found.end = token.span.end;
  return true;
}

}  // namespace

bool may_be(Counted noun, Counted counted) {
  return noun == counted || noun == Counted::anything || counted == Counted::anything;
}

CountedNoun counted_noun(std::string_view lower, std::size_t at, std::size_t end) {
  CountedNoun found{Counted::anything, false, at};
  Tokenizer tokens(lower, {at, end});
  for (Token token; tokens.next(token);)
    if (token.type != Token::Type::word || !add_noun(found, token)) break;
  return found;
}

namespace {

// ---- roles

constexpr bool is_break(char sign) {
  return sign == ',' || sign == ';' || sign == '(' || sign == ')' || sign == ':' || sign == '.' ||
         sign == '!' || sign == '?' || sign == '[' || sign == ']' || sign == '|';
}

// What a walk over the words of a clause has met.
struct Words {
  Meanings any = 0;
  bool unknown = false;  // a word that the list of that side does not hold
  bool empty = true;
};

class Sentence {
 public:
  Sentence(std::string_view lower, Span text, Counted counted)
      : lower_(lower), counted_(counted), begin_(skip_marks(lower, text.begin, text.end)) {}

  void add_mentions(Span sentence, std::vector<Mention>& mentions) {
    span_ = sentence;
    if (!may_hold_number(lower_.substr(span_.begin, span_.end - span_.begin))) return;
    if (span_.end - span_.begin > kLongest) return add_loose(mentions);
    tokens_.clear();
    Tokenizer tokenizer(lower_, span_);
    for (Token token; tokenizer.next(token);) tokens_.push_back(token);
    const auto is_number = [](const Token& token) { return token.type == Token::Type::number; };
    const auto count = std::count_if(tokens_.begin(), tokens_.end(), is_number);
    if (count > kMostNumbers) return add_loose(mentions);
    if (count == 0) return;
    doubted_ = find_doubt();
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (!is_number(tokens_[i])) continue;
      const Number& number = tokens_[i].number;
      const auto noun = noun_after(i);
      // what is no count cannot be compared with one
      const bool comparable = number.kind != Kind::other;
      const bool shown = counted_ == Counted::images && has_image_after(i);
      mentions.push_back({role_of(i, noun, shown), comparable ? number.value : kNoCount,
                          number.span, shown ? Counted::images : noun.noun});
    }
  }

 private:
  [[nodiscard]] bool is_sign(std::size_t i, char sign) const {
    return i < tokens_.size() && tokens_[i].type == Token::Type::sign && tokens_[i].sign == sign;
  }
  [[nodiscard]] Meanings meanings(std::size_t i) const {
    return i < tokens_.size() ? tokens_[i].meanings : 0;
  }

  // What is too long to be a sentence: a number in it may count anything.
  void add_loose(std::vector<Mention>& mentions) const {
    for (const Number& number : numbers(lower_, span_))
      mentions.push_back({Role::loose, kNoCount, number.span, Counted::anything});
  }

  // "3 of the 7 entities": the noun of both.
  [[nodiscard]] std::size_t skip_of_number(std::size_t i) const {
    std::size_t next = i + 1;
    if (next < tokens_.size() && word(next) == "out") ++next;
    if (next >= tokens_.size() || word(next) != "of") return i;
    while (++next < tokens_.size() && is_one_of(word(next), {"the", "these", "those", "all"})) {
    }
    return next < tokens_.size() && tokens_[next].type == Token::Type::number ? next : i;
  }

  // The 7 of "3 of the 7 entities".
  [[nodiscard]] bool is_one_of_whole(std::size_t i) const {
    for (std::size_t k = i; k-- > 0;)
      if (tokens_[k].type == Token::Type::number)
        return tokens_[k].number.kind == Kind::count && skip_of_number(k) == i;
    return false;
  }

  [[nodiscard]] std::string_view word(std::size_t i) const {
    const Token& token = tokens_[i];
    return token.type == Token::Type::word
               ? lower_.substr(token.span.begin, token.span.end - token.span.begin)
               : std::string_view{};
  }

  [[nodiscard]] CountedNoun noun_after(std::size_t i) const {
    const std::size_t last = skip_of_number(i);
    const auto noun = noun_from(last + 1);
    if (noun.any || last != i) return noun;
    // "7 (seven) entities", "3 of the entities", "Entities: 7"
    std::size_t next = i + 1;
    if (is_sign(next, '(') && next + 2 < tokens_.size() &&
        tokens_[next + 1].type == Token::Type::number && is_sign(next + 2, ')'))
      return noun_from(next + 3);
    if (next < tokens_.size() && word(next) == "of") {
      while (++next < tokens_.size() && is_one_of(word(next), {"the", "these", "those"})) {
      }
      if (const auto whole = noun_from(next); whole.any) return whole;
    }
    return noun_before(i);
  }

  [[nodiscard]] CountedNoun noun_from(std::size_t k) const {
    CountedNoun found;
    while (k < tokens_.size() && tokens_[k].type == Token::Type::word &&
           add_noun(found, tokens_[k]))
      ++k;
    return found;
  }

  // "the number of entities is 7", "Entities: 7", "{"entities": 7"
  [[nodiscard]] CountedNoun noun_before(std::size_t i) const {
    CountedNoun found{Counted::anything, false, tokens_[i].span.end};
    bool verb = false;
    for (std::size_t k = i; k-- > 0;) {
      const Token& token = tokens_[k];
      if (token.type == Token::Type::number) break;
      if (token.type == Token::Type::sign) {
        if (is_break(token.sign) && token.sign != ':') break;
        verb = verb || token.sign == ':' || token.sign == '=';
        continue;
      }
      if (!verb && !is_one_of(word(k), {"is", "equals", "equal", "to", "are", "therefore", "thus",
                                        "about", "exactly", "approximately"}))
        break;
      verb = true;
      if ((token.meanings & kAnyNoun) == 0) continue;
      if (is_one_of(word(k), {"image", "picture"})) continue;  // "in the picture is"
      found.noun = noun_of(token.meanings);
      found.any = true;
      if (found.noun != Counted::anything) break;
    }
    return found;
  }

  // The words of the clause before a number; those of a label ("Total: 7") belong to it.
  [[nodiscard]] Words before(std::size_t i) const {
    Words words;
    for (std::size_t k = i; k-- > 0;) {
      const Token& token = tokens_[k];
      if (token.type == Token::Type::number) continue;
      if (token.type == Token::Type::sign) {
        if (token.sign == '=' || (is_break(token.sign) && !(token.sign == ':' && k + 1 == i)))
          break;
        continue;
      }
      words.empty = false;
      words.any |= token.meanings;
      constexpr Meanings kKnown = kBefore | kAdjective | kAnyNoun | kConclusion | kVague;
      if ((token.meanings & kKnown) == 0) words.unknown = true;
    }
    return words;
  }

  // The words of the clause after a number, up to the next number. What joins the two is left out.
  [[nodiscard]] Words after(std::size_t i) const {
    Words words;
    for (std::size_t k = skip_of_number(i) + 1; k < tokens_.size(); ++k) {
      const Token& token = tokens_[k];
      if (token.type == Token::Type::number) break;
      if (token.type == Token::Type::sign) {
        const bool gloss = token.sign == '(' && k + 2 < tokens_.size() &&
                           tokens_[k + 1].type == Token::Type::number && is_sign(k + 2, ')');
        if (gloss) k += 2;
        else if (is_break(token.sign) || token.sign == '-') break;
        continue;
      }
      words.empty = false;
      words.any |= token.meanings;
      if ((token.meanings & kVague) != 0 && !is_vague_here(k)) break;  // "and several relations"
      if (is_joint(k)) break;
      constexpr Meanings kKnown = kAfter | kAdjective | kAnyNoun | kConclusion;
      if ((token.meanings & kKnown) == 0) words.unknown = true;
    }
    return words;
  }

  // "and", with which another clause begins: not "entities and relations", nor "and more".
  [[nodiscard]] bool is_joint(std::size_t k) const {
    return is_one_of(word(k), {"and", "but", "while", "whereas"}) &&
           (meanings(k + 1) & (kAnyNoun | kMore | kVague)) == 0;
  }

  // "several nodes", but not the "several relations" of a question on entities.
  [[nodiscard]] bool is_vague_here(std::size_t k) const {
    const auto noun = counted_noun(lower_, tokens_[k].span.end, span_.end);
    return counted_ == Counted::anything || may_be(noun.noun, counted_);
  }

  // The "but" of "all but 4 nodes", "each of the 8 nodes but 3".
  [[nodiscard]] bool leaves_out(std::size_t k) const {
    const bool number = k + 1 < tokens_.size() && tokens_[k + 1].type == Token::Type::number;
    if (!number || word(k) != "but") return false;
    for (std::size_t j = 0; j < k; ++j)
      if (is_one_of(word(j), {"all", "every", "each", "everything"})) return true;
    return false;
  }

  // "image 5", "#5", "no. 5", and the 3 of "2 x 3": a name, or a part of a product.
  [[nodiscard]] bool is_label(std::size_t i) const {
    const std::size_t begin = tokens_[i].span.begin;
    if (counted_ == Counted::images && char_before(lower_, begin) == '#') return true;
    if (i == 0) return is_after_no(begin);
    if (i > 1 && word(i - 1) == "x" && tokens_[i - 2].type == Token::Type::number) return true;
    const bool last = i + 1 >= tokens_.size() || tokens_[i + 1].type == Token::Type::sign;
    return last && is_one_of(word(i - 1), {"image", "picture", "photo", "photograph"});
  }

  // "No. 5", but not "Is it 6? No. 5."
  [[nodiscard]] bool is_after_no(std::size_t at) const {
    while (at > 0 && lower_[at - 1] == ' ') --at;
    if (at < 3 || lower_.substr(at - 3, 3) != "no." || is_word(char_before(lower_, at - 3)))
      return false;
    at -= 3;
    while (at > 0 && is_mark(lower_[at - 1])) --at;
    return at == 0 || !kSentenceSigns.has(lower_[at - 1]);
  }

  // "two images each on 3 nodes", not "7 images each showing a city".
  [[nodiscard]] bool is_multiplied(std::size_t i) const {
    std::size_t k = i + 1;
    while (k < tokens_.size() && (meanings(k) & (kAnyNoun | kAdjective)) != 0) ++k;
    if (k >= tokens_.size() || k == i + 1) return false;
    if (is_one_of(word(k), {"per", "apiece"})) return true;
    const bool ends = k + 1 >= tokens_.size() || tokens_[k + 1].type != Token::Type::word;
    return word(k) == "each" && (ends || is_one_of(word(k + 1), {"on", "for", "at", "in"}));
  }

  // The sentence negates, doubts, asks, or names an amount without a number.
  [[nodiscard]] bool find_doubt() const {
    for (std::size_t k = 0; k < tokens_.size(); ++k) {
      const Meanings bits = tokens_[k].meanings;
      if ((bits & kDoubt) != 0 || leaves_out(k)) return true;
      const bool asked = (bits & kVague) != 0 && k > 0 && word(k - 1) == "how";
      if ((bits & kVague) != 0 && !asked && is_vague_here(k)) return true;
    }
    if (!tokens_.empty() && is_sign(tokens_.size() - 1, '?')) return true;
    const auto text = lower_.substr(span_.begin, span_.end - span_.begin);
    return text.find('\xE2') != text.npos &&
           (has_cross(text) || text.find("n\xE2\x80\x99t") != text.npos);
  }

  [[nodiscard]] bool any_between(std::size_t begin, std::size_t end, Meanings bits) const {
    for (std::size_t k = begin; k < end; ++k)
      if ((tokens_[k].meanings & bits) != 0) return true;
    return false;
  }

  // "so there are 7", "= 7", "7 in total": no clause between that speaks of a part.
  [[nodiscard]] bool is_conclusion(std::size_t i, const Words& after) const {
    if ((after.any & kTotal) != 0 || (i > 0 && is_sign(i - 1, '='))) return true;
    for (std::size_t k = i; k-- > 0;) {
      if ((tokens_[k].meanings & kExclusion) != 0) return false;
      if ((tokens_[k].meanings & (kConclusion | kTotal)) != 0) return true;
    }
    return false;
  }

  // "with an image", "have a picture", not "in the image".
  [[nodiscard]] bool has_image_after(std::size_t i) const {
    if (is_one_of_whole(i)) return false;
    for (std::size_t k = skip_of_number(i) + 1; k < tokens_.size(); ++k) {
      if (tokens_[k].type == Token::Type::number) return false;
      if ((meanings(k) & kImage) != 0 && (meanings(k - 1) & kHaving) != 0) return true;
    }
    return false;
  }

  // "3 + 4 = 7": the 3 and the 4.
  [[nodiscard]] bool is_operand(std::size_t i) const {
    bool joined = false;
    for (std::size_t k = i + 1; k < tokens_.size(); ++k) {
      if (is_sign(k, '=')) return k + 1 < tokens_.size() && !is_sign(k + 1, '=');
      joined = joined || is_sign(k, '+');
      if (tokens_[k].type == Token::Type::sign && !is_sign(k, '+')) return false;
    }
    return false;
  }

  [[nodiscard]] bool is_foreign(std::size_t i) const {
    const Number& number = tokens_[i].number;
    const Meanings last = i > 0 ? tokens_[i - 1].meanings : 0;
    const Meanings label = i > 1 && is_sign(i - 1, ':') ? tokens_[i - 2].meanings : 0;
    constexpr Meanings kCounts = kBefore | kConclusion | kTotal;
    const bool labelled = (label & kNumbered) != 0 && (label & (kCounts | kAnyNoun)) == 0;
    const bool year = i > 0 && word(i - 1) == "in" && number.value >= 1000 && number.value < 2100;
    return number.kind == Kind::doubtful || is_label(i) || (last & kNumbered) != 0 || labelled ||
           year || (meanings(i + 1) & kMeasure) != 0 || is_sign(i + 1, '%') ||
           char_at(lower_, number.span.end) == '%';
  }

  // A sentence that is nothing but the number, at the start of the text or the end of its line.
  [[nodiscard]] bool stands_alone() const {
    std::size_t words = 0;
    for (const Token& token : tokens_) words += token.type == Token::Type::sign ? 0 : 1;
    std::size_t at = span_.end;
    while (is_space(char_at(lower_, at)) && lower_[at] != '\n') ++at;
    const char next = char_at(lower_, at);
    const bool line = next == '\0' || next == '\n' || lower_[span_.end - 1] == '\n';
    return words == 1 && (line || span_.begin <= begin_);
  }

  [[nodiscard]] Role role_of(std::size_t i, const CountedNoun& noun, bool shown) const {
    const Number& number = tokens_[i].number;
    if (is_foreign(i)) return Role::foreign;
    if (number.kind == Kind::other) return Role::loose;
    if (is_operand(i)) return Role::part;
    const Words left = before(i);
    const Words right = after(i);
    const bool more = ((meanings(i + 1) | right.any | (i > 0 ? meanings(i - 1) : 0)) & kMore) != 0;
    if (more && !doubted_) return Role::extra;
    if (more || is_bounded(lower_, number.span.begin) || joins_more(i) || doubted_ ||
        is_multiplied(i))
      return Role::unclear;
    if (stands_alone()) return Role::total;
    if (!may_be(noun.noun, counted_) && !shown) return Role::other;
    const bool concluded = is_conclusion(i, right);
    const std::size_t from = concluded ? i : 0;
    if (any_between(from, tokens_.size(), kExclusion) || (left.any & kExclusion) != 0)
      return Role::part;
    const bool unknown = left.unknown || (right.unknown && !shown);
    const bool has_noun = noun.any || is_unknown_word(i + 1);  // "4 cities"
    if (unknown) return has_noun || !left.unknown ? Role::part : Role::loose;
    if (left.empty && !noun.any && !concluded && !shown && !opens_answer(i)) return Role::loose;
    return concluded ? Role::total : Role::whole;
  }

  // "6 (Spain, France, ...)", "6: Spain, ...", as the first of the text.
  [[nodiscard]] bool opens_answer(std::size_t i) const {
    const Number& number = tokens_[i].number;
    const bool first = i == 0 && begin_ == number.span.begin;
    return first && number.value > 1 && (is_sign(1, '(') || is_sign(1, ':') || is_sign(1, '-'));
  }

  [[nodiscard]] bool is_unknown_word(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].type == Token::Type::word && tokens_[i].meanings == 0;
  }

  // "5-7", "5 or 6", "7 and 9", but not "7 entities and 9 relations".
  [[nodiscard]] bool joins_more(std::size_t i) const {
    return is_part_of_more(lower_, tokens_[i].span.end, span_.end);
  }

  std::string_view lower_;
  Counted counted_;
  std::size_t begin_ = 0;
  Span span_;
  bool doubted_ = false;
  std::vector<Token> tokens_;  // of one sentence
};

// The numbers of a list that counts up ("1. France\n2. Spain"), or repeats 1: line starts.
class ListNumbers {
 public:
  ListNumbers(std::string_view lower, Span span) {
    std::vector<Span> run;
    std::int64_t last = 0;
    const auto settle = [&] {
      if (run.size() >= 2) all_.insert(all_.end(), run.begin(), run.end());
      run.clear();
    };
    for (std::size_t begin = span.begin; begin < span.end;) {
      const std::size_t feed = std::min(lower.find('\n', begin), span.end);
      const std::size_t at = skip_marks(lower, begin, feed);
      begin = feed + 1;
      if (at >= feed || !is_digit(lower[at])) continue;
      const Number number = number_at(lower, at, feed);
      const std::size_t end = number.span.end;
      const char sign = char_at(lower, end);
      if (end <= at || (sign != '.' && sign != ')') || !is_space(char_at(lower, end + 1))) continue;
      const bool goes_on = !run.empty() && number.value == last + 1;
      if (!goes_on && number.value != 1) settle();
      if (goes_on || number.value == 1) run.push_back({at, end});
      last = number.value;
    }
    settle();
  }

  [[nodiscard]] bool holds(Span span) const {
    return std::binary_search(all_.begin(), all_.end(), span,
                              [](Span a, Span b) { return a.begin < b.begin; });
  }

 private:
  std::vector<Span> all_;
};

}  // namespace

std::vector<Mention> mentions(std::string_view lower, Span span, Counted counted) {
  std::vector<Mention> found;
  Sentence sentence(lower, span, counted);
  for_each_sentence(lower, span, [&](Span part) { sentence.add_mentions(part, found); });
  const ListNumbers list(lower, span);
  std::erase_if(found, [&](const Mention& mention) { return list.holds(mention.span); });
  return found;
}

}  // namespace stareval::extract
