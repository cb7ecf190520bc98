#include "libstareval/extract/refusal.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "libstareval/base/text.h"
#include "libstareval/extract/refusal_internal.h"
#include "libstareval/extract/scan_internal.h"

namespace stareval {
namespace {

constexpr std::size_t kLongest = 600;  // bytes; a longer text is an attempt at an answer

constexpr std::array<std::string_view, 11> kInability{
    "i can't",       "i cannot",       "i can not",         "i am unable to",
    "i'm unable to", "i am not able",  "i'm not able",      "i won't",
    "i will not",    "i must decline", "i'm afraid i can't"};

constexpr std::size_t kReach = 40;  // bytes after "I can't" in which the act must stand

using extract::is_one_of;

constexpr bool is_ascii_alnum(char c) {
  return extract::is_lower(c) || extract::is_upper(c) || extract::is_digit(c);
}

bool is_service(std::string_view w) {
  return is_one_of(w, {"help", "assist", "comply", "answer", "provide", "fulfill", "fulfil"});
}

bool is_perception(std::string_view w) {
  return is_one_of(w, {"view", "see", "access", "process", "analyze", "analyse"});
}

// What may stand between the act and its object: "view or analyze the attached images".
bool is_before_object(std::string_view w) {
  return is_perception(w) ||
         is_one_of(w, {"the", "this", "that", "these", "those", "your", "it", "them", "or", "and",
                       "directly", "actually", "attached", "provided", "uploaded", "external",
                       "visual", "open", "interpret"});
}

bool is_indefinite(std::string_view w) { return is_one_of(w, {"a", "an", "any", "no"}); }

bool is_picture(std::string_view w) {
  return is_one_of(w, {"image", "images", "picture", "pictures", "photo", "photos", "figure",
                       "figures", "diagram", "graph", "file", "files", "attachment", "attachments",
                       "content", "contents", "request"});
}

// Words that tie a picture to a part of the graph: "an image on any node", "a picture for France".
bool is_tie(std::string_view w) {
  return is_one_of(w, {"on", "for", "of", "beside", "next", "inside", "within", "with", "near",
                       "at", "under", "above"});
}

bool is_part(std::string_view w) {
  return is_one_of(w,
                   {"node", "nodes", "entity", "entities", "box", "boxes", "vertex", "vertices"});
}

// Whether what cannot be seen is the picture as a whole: not "any error", "how many there are", "an
// image on any node". `words` follow the act to the end of its clause.
bool is_whole_picture(std::span<const std::string_view> words) {
  if (std::any_of(words.begin(), words.end(), is_part)) return false;
  bool indefinite = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (is_picture(words[i])) return !indefinite || i + 1 == words.size() || !is_tie(words[i + 1]);
    if (is_indefinite(words[i])) indefinite = true;
    else if (!is_before_object(words[i])) return false;
  }
  return !indefinite;  // "I can't see it."
}

// Whether "I can't" goes on as a refusal.
bool declines(std::string_view rest) {
  rest = rest.substr(0, rest.find_first_of(".,;:!?"));
  if (rest.starts_with(" do that")) return true;
  const auto words = extract::words_of(rest);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].data() - rest.data() >= static_cast<std::ptrdiff_t>(kReach)) return false;
    if (is_service(words[i])) return true;
    if (is_perception(words[i])) return is_whole_picture(std::span(words).subspan(i + 1));
  }
  return false;
}

bool holds_refusal(std::string_view text, std::string_view phrase) {
  for (std::size_t at = text.find(phrase); at != text.npos; at = text.find(phrase, at + 1)) {
    if (extract::is_word(extract::char_before(text, at))) continue;  // "Hi can't"
    if (phrase == "i must decline" || declines(text.substr(at + phrase.size()))) return true;
  }
  return false;
}

// Whether a word may begin a refusal after "I": "can't", "am unable", "will not". `rest` is in any
// case; what stands between the words is not looked at.
bool may_decline(std::string_view rest) {
  const auto skip = [&] {
    while (!rest.empty() && !is_ascii_alnum(rest.front())) rest.remove_prefix(1);
  };
  const auto take = [&](std::string_view word) {
    const bool hit = equals_ignoring_case(rest.substr(0, word.size()), word);
    if (hit) rest.remove_prefix(word.size());
    return hit;
  };
  const auto next_is = [&](std::string_view letters) {
    skip();
    return !rest.empty() && letters.find(rest.front()) != letters.npos;
  };
  skip();
  if (take("can")) return next_is("nNtT");
  if (take("am") || take("m")) return next_is("aAnNuU") || take("ust");
  return take("won") || (take("will") && next_is("nN"));
}

}  // namespace

namespace extract {

bool may_refuse(std::string_view text) {
  if (text.find('<') != text.npos || text.find('~') != text.npos) return true;  // is blanked first
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (static_cast<unsigned char>(c) >= 0x80) {
      if (text.substr(at, 2) != "\xE2\x80" || text.size() < at + 3) return true;
      const char last = text[at + 2];
      if (last < '\x93' || last > '\x9D') return true;
      at += 2;
      continue;
    }
    if (c != 'i' && c != 'I') continue;
    const bool starts = at == 0 || !is_ascii_alnum(text[at - 1]);
    if (starts && at + 1 < text.size() && !is_ascii_alnum(text[at + 1]) &&
        may_decline(text.substr(at + 1, kReach)))
      return true;
  }
  return false;
}

bool is_refusal_in_full(std::string_view reply) {
  const std::string readable = readable_text(reply);
  const auto whole = trim(readable);
  if (whole.size() > kLongest) return false;
  const std::string text = normalise_name(whole);
  return std::any_of(kInability.begin(), kInability.end(),
                     [&](std::string_view phrase) { return holds_refusal(text, phrase); });
}

}  // namespace extract

bool is_refusal(std::string_view reply) {
  return extract::may_refuse(reply) && extract::is_refusal_in_full(reply);
}

}  // namespace stareval
