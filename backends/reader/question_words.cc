#include <algorithm>

#include "backends/reader/question_words_internal.h"

namespace stareval::reader {
namespace {

constexpr std::string_view kAnswers =
    "answer answers reply respond response output return format letter points";
constexpr std::size_t kOpening = 4;  // words in which a sentence says that it is about the answer
constexpr std::size_t kMaskSigns = 3;

// In ASCII, whatever the locale of the program; all bytes of other letters are letters.
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_letter(char c) {
  return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || (c & 0x80);
}

bool is_of_form(const Sentence& sentence) {
  if (is_among("think then only use finish", sentence.at(0))) return true;
  const std::size_t end = std::min(kOpening, sentence.words.size());
  for (std::size_t i = 0; i < end; ++i)
    if (is_among(kAnswers, sentence.at(i))) return true;
  return false;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<Sentence> read() {
    while (next_ < text_.size()) step();
    end_sentence();
    return std::move(sentences_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return next_ + ahead < text_.size() ? text_[next_ + ahead] : '\n';
  }

  void step() {
    const char c = peek();
    if (c == '?' && mask()) return;
    if (is_letter(c)) return word();
    ++next_;
    if (c == '(' || c == ')') depth_ = std::max(0, depth_ + (c == '(' ? 1 : -1));
    else if (c == '"') current_.quotes = true;
    else if (is_end(c)) end_sentence();
  }

  // Whether the sign that was passed ends a sentence: before a space, or an empty line.
  [[nodiscard]] bool is_end(char c) const {
    if (c == '\n') return peek() == '\n' || next_ >= text_.size();
    return (c == '.' || c == '?' || c == '!') && !is_letter(peek());
  }

  bool mask() {
    std::size_t signs = 0;
    while (next_ + signs < text_.size() && text_[next_ + signs] == '?') ++signs;
    if (signs < kMaskSigns) return false;
    next_ += signs;
    current_.words.push_back({std::string(kMaskWord), false});
    return true;
  }

  void word() {
    const bool capital = is_upper(peek());
    std::string text;
    for (; is_letter(peek()); ++next_) text += lower(peek());
    if (peek() == '\'' && is_letter(peek(1))) text = with_apostrophe(text);
    add(std::move(text), capital);
  }

  // "does" + "n't" is not; "node" + "'s" is a node.
  std::string with_apostrophe(const std::string& text) {
    std::string tail;
    for (++next_; is_letter(peek()); ++next_) tail += lower(peek());
    return tail == "t" && text.ends_with('n') ? "not" : text;
  }

  void add(std::string text, bool capital) {
    if (depth_ == 0) current_.words.push_back({std::move(text), capital});
  }

  void end_sentence() {
    depth_ = 0;
    current_.of_form = is_of_form(current_);
    if (!current_.words.empty()) sentences_.push_back(std::move(current_));
    current_ = {};
  }

  std::string_view text_;
  std::size_t next_ = 0;
  int depth_ = 0;
  Sentence current_;
  std::vector<Sentence> sentences_;
};

}  // namespace

bool Sentence::has(std::string_view list, std::size_t from) const {
  for (std::size_t i = from; i < words.size(); ++i)
    if (is_among(list, words[i].text)) return true;
  return false;
}

std::string_view Sentence::at(std::size_t index) const {
  return index < words.size() ? std::string_view(words[index].text) : std::string_view();
}

bool is_among(std::string_view list, std::string_view word) {
  if (word.empty()) return false;
  for (std::size_t at = list.find(word); at != std::string_view::npos;
       at = list.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}

std::vector<Sentence> sentences_of(std::string_view text) { return Reader(text).read(); }

}  // namespace stareval::reader
