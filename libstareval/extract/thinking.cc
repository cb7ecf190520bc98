#include "libstareval/extract/thinking.h"

#include <algorithm>
#include <array>

#include "libstareval/base/text.h"

namespace stareval::extract {
namespace {

constexpr std::array<std::string_view, 4> kTags{"think", "thinking", "thought", "reasoning"};

struct Tag {
  std::size_t size = 0;  // bytes of the whole tag; 0: no tag of thinking here
  bool closes = false;
};

Tag tag_at(std::string_view text, std::size_t at) {
  std::string_view rest = text.substr(at + 1, 12);
  const bool closes = rest.starts_with('/');
  if (closes) rest.remove_prefix(1);
  const std::size_t end = rest.find('>');
  if (end == std::string_view::npos) return {};
  const auto name = trim(rest.substr(0, end));
  const bool known = std::any_of(kTags.begin(), kTags.end(), [&](std::string_view tag) {
    return equals_ignoring_case(tag, name);
  });
  if (!known) return {};
  return {end + (closes ? 3U : 2U), closes};
}

bool is_answer_tag(std::string_view text, std::size_t at) {
  std::string_view name = text.substr(at + 1, 7);
  if (name.starts_with('/')) name.remove_prefix(1);
  return equals_ignoring_case(name.substr(0, 6), "answer");
}

// Bytes of the tag of thinking or of an answer at a place; 0 where there is none, or no end of it.
std::size_t reply_tag_size(std::string_view text, std::size_t at) {
  if (const Tag tag = tag_at(text, at); tag.size > 0) return tag.size;
  if (!is_answer_tag(text, at)) return 0;
  const std::size_t end = text.find_first_of("<>\n", at + 1);
  return end != std::string_view::npos && text[end] == '>' ? end + 1 - at : 0;
}

void blank(std::string& text, std::size_t begin, std::size_t end) {
  std::fill(text.begin() + static_cast<std::ptrdiff_t>(begin),
            text.begin() + static_cast<std::ptrdiff_t>(end), '\n');
}

}  // namespace

std::string without_thinking(std::string_view reply) {
  std::string text(reply);
  constexpr auto kOutside = std::string_view::npos;
  std::size_t open = kOutside;  // where the thinking began
  std::size_t prefix = 0;       // everything before is blank
  for (std::size_t at = reply.find('<'); at != std::string_view::npos;
       at = reply.find('<', at + 1)) {
    const Tag tag = tag_at(reply, at);
    if (tag.size == 0) continue;
    if (!tag.closes) {
      if (open == kOutside) open = at;
      continue;
    }
    const std::size_t end = at + tag.size;
    if (open != kOutside) blank(text, open, end);
    else {
      blank(text, prefix, end);
      prefix = end;
    }
    open = kOutside;
  }
  if (open != kOutside) blank(text, open, text.size());
  return text;
}

std::string without_reply_tags(std::string_view text) {
  std::string plain(text);
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1))
    blank(plain, at, at + reply_tag_size(text, at));
  return plain;
}

std::string thinking_of(std::string_view reply) {
  const std::string answer = without_thinking(reply);
  const std::string whole = without_reply_tags(reply);
  std::string thinking;
  bool inside = false;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (reply[i] != '\n') inside = answer[i] == '\n';
    if (inside) thinking += whole[i];
  }
  return std::string(trim(thinking));
}

bool has_reply_tags(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1))
    if (tag_at(text, at).size > 0 || is_answer_tag(text, at)) return true;
  return false;
}

}  // namespace stareval::extract
