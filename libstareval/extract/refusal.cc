#include "libstareval/extract/refusal.h"

#include <algorithm>
#include <array>

#include "libstareval/base/text.h"
#include "libstareval/extract/scan_internal.h"

namespace stareval {
namespace {

constexpr std::size_t kLongest = 600;  // bytes; a longer text is an attempt at an answer

constexpr std::array<std::string_view, 11> kInability{
    "i can't",       "i cannot",       "i can not",         "i am unable to",
    "i'm unable to", "i am not able",  "i'm not able",      "i won't",
    "i will not",    "i must decline", "i'm afraid i can't"};

constexpr std::array<std::string_view, 14> kActs{
    "help", "assist", "comply", "answer",  "provide", "fulfill", "fulfil",
    "view", "see",    "access", "process", "analyze", "analyse", "do that"};

// Whether the act stands within the next words, as a word.
bool names_act(std::string_view text) {
  constexpr std::size_t kReach = 40;
  const auto window = text.substr(0, kReach);
  return std::any_of(kActs.begin(), kActs.end(), [&](std::string_view act) {
    const std::size_t at = window.find(act);
    return at != window.npos && !extract::is_word(extract::char_before(window, at)) &&
           !extract::is_word(extract::char_at(text, at + act.size()));
  });
}

}  // namespace

bool is_refusal(std::string_view reply) {
  const std::string readable = extract::make_source(reply).text;
  const auto whole = trim(readable);
  if (whole.size() > kLongest) return false;
  const std::string text = normalise_name(whole);
  return std::any_of(kInability.begin(), kInability.end(), [&](std::string_view phrase) {
    const std::size_t at = text.find(phrase);
    if (at == std::string::npos) return false;
    return phrase == "i must decline" ||
           names_act(std::string_view(text).substr(at + phrase.size()));
  });
}

}  // namespace stareval
