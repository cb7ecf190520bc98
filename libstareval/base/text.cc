#include "libstareval/base/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

namespace stareval {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view kSpaces = " \t\r\n\f\v";
constexpr std::string_view kEndPunctuation = " .,;:!?\"'`*()[]{}<>-";

const utf8proc_uint8_t* as_bytes(std::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

// Length of the valid character at the start, or 0.
std::size_t valid_prefix(std::string_view text) {
  utf8proc_int32_t code_point = 0;
  const auto size =
      utf8proc_iterate(as_bytes(text), static_cast<utf8proc_ssize_t>(text.size()), &code_point);
  return size > 0 ? static_cast<std::size_t>(size) : 0;
}

struct Substitution {
  std::string_view from, to;
};

// Signs that people and models use for one another. Dashes and quotes only: letters are NFKC's.
constexpr std::array<Substitution, 10> kSubstitutions{{{"\u2018", "'"},
                                                       {"\u2019", "'"},
                                                       {"\u201C", "\""},
                                                       {"\u201D", "\""},
                                                       {"\u00AB", "\""},
                                                       {"\u00BB", "\""},
                                                       {"\u2010", "-"},
                                                       {"\u2011", "-"},
                                                       {"\u2013", "-"},
                                                       {"_", " "}}};

std::string substitute(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto* hit = std::find_if(kSubstitutions.begin(), kSubstitutions.end(),
                                   [&](const Substitution& s) { return text.starts_with(s.from); });
    if (hit == kSubstitutions.end()) {
      out += text.front();
      text.remove_prefix(1);
    } else {
      out += hit->to;
      text.remove_prefix(hit->from.size());
    }
  }
  return out;
}

std::string fold(std::string_view text) {
  const auto options = static_cast<utf8proc_option_t>(
      UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  utf8proc_uint8_t* raw = nullptr;
  const auto size =
      utf8proc_map(as_bytes(text), static_cast<utf8proc_ssize_t>(text.size()), &raw, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(raw, std::free);
  if (size < 0) return std::string(text);
  return {reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size)};
}

std::string collapse_spaces(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const bool space = kSpaces.find(c) != std::string_view::npos;
    if (!space) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
}

// Brackets of one kind in `text` without a partner in it.
struct Unpaired {
  std::size_t opened = 0, closed = 0;
};

Unpaired count_unpaired(std::string_view text, char open, char close) {
  Unpaired count;
  for (const char c : text) {
    if (c == open) ++count.opened;
    else if (c == close && count.opened > 0) --count.opened;
    else if (c == close) ++count.closed;
  }
  return count;
}

// Cut punctuation from both ends, but keep a bracket whose partner stands inside the name:
// "Singapore (city)" stays whole. A name of punctuation only ("?????") stays as it is.
std::string_view cut_ends(std::string_view name) {
  auto first = name.find_first_not_of(kEndPunctuation);
  if (first == std::string_view::npos) return trim(name);
  auto last = name.find_last_not_of(kEndPunctuation) + 1;
  const std::string_view inside = name.substr(first, last - first);
  for (const std::string_view pair : {"()", "[]", "{}"}) {
    auto [opened, closed] = count_unpaired(inside, pair[0], pair[1]);
    for (; opened > 0 && name.find(pair[1], last) != std::string_view::npos; --opened)
      last = name.find(pair[1], last) + 1;
    for (; closed > 0 && first > 0 && name.rfind(pair[0], first - 1) != std::string_view::npos;
         --closed)
      first = name.rfind(pair[0], first - 1);
  }
  return name.substr(first, last - first);
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = valid_prefix(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

std::string to_valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = valid_prefix(text);
    out += size == 0 ? kReplacement : text.substr(0, size);
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return out;
}

std::string normalise_name(std::string_view name) {
  return std::string(cut_ends(collapse_spaces(substitute(fold(to_valid_utf8(name))))));
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace stareval
