#include "engine/graph/readable.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "engine/graph/unique_names.h"
#include "libstareval/base/text.h"
#include "libstareval/data/graph.h"

namespace stareval::engine {
namespace {

// Bytes; samplers leave out longer labels by default (SamplingOptions::max_label_length).
constexpr std::size_t kLongLabel = 40;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

// ASCII control characters; in valid UTF-8 also U+0080 to U+009F and the separators U+2028, U+2029.
std::size_t control_size(std::string_view text) {
  const auto byte = static_cast<unsigned char>(text.front());
  if (byte < 0x20 || byte == 0x7F) return 1;
  if (byte == 0xC2 && text.size() > 1 && static_cast<unsigned char>(text[1]) < 0xA0) return 2;
  if (text.starts_with("\u2028") || text.starts_with("\u2029")) return 3;
  return 0;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decode_percent(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const int high = text.size() > 2 && text[0] == '%' ? hex_digit(text[1]) : -1;
    const int low = high >= 0 ? hex_digit(text[2]) : -1;
    out += low >= 0 ? static_cast<char>(high * 16 + low) : text.front();
    text.remove_prefix(low >= 0 ? 3 : 1);
  }
  return out;
}

bool is_iri(std::string_view id) {
  return id.find("://") != std::string_view::npos || id.starts_with("urn:");
}

// "wasBornIn" -> "was Born In", "hasISBNNumber" -> "has ISBN Number". A word starts at a capital
// after a small letter, and at a capital before a small letter.
std::string split_camel_case(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool next_lower = i + 1 < word.size() && is_lower(word[i + 1]);
    if (i > 0 && is_upper(word[i]) &&
        (is_lower(word[i - 1]) || (is_upper(word[i - 1]) && next_lower)))
      out += ' ';
    out += word[i];
  }
  return out;
}

// "Born" -> "born"; "ISBN" stays.
std::string lower_capital(std::string_view word) {
  std::string out(word);
  const bool capitalised =
      is_upper(out.front()) && std::none_of(out.begin() + 1, out.end(), is_upper);
  if (capitalised) out.front() = static_cast<char>(out.front() - 'A' + 'a');
  return out;
}

// Words of one part of a path. A text with spaces was written for people, and stays.
std::vector<std::string> words_of(std::string_view part) {
  std::string text = clean_text(part).text;
  const bool for_people = text.find(' ') != std::string::npos;
  if (!for_people) text = split_camel_case(text);
  std::replace(text.begin(), text.end(), '_', ' ');
  std::vector<std::string> words;
  for (const std::string_view word : split(text, ' '))
    if (!word.empty()) words.push_back(for_people ? std::string(word) : lower_capital(word));
  // Freebase writes "spouse_s" for "spouse or spouses".
  if (!for_people && words.size() > 1 && words.back() == "s") words.pop_back();
  return words;
}

using Parts = std::vector<std::string_view>;

Parts parts_of(std::string_view path) {
  Parts parts;
  while (!path.empty()) {
    const auto end = path.find_first_of("/#:");
    std::string_view part = path.substr(0, end);
    if (part.ends_with('.')) part.remove_suffix(1);  // where two paths of Freebase join
    if (!part.empty()) parts.push_back(part);
    path = end == std::string_view::npos ? std::string_view() : path.substr(end + 1);
  }
  return parts;
}

std::string join_parts(const Parts& parts) {
  std::string label, before;
  for (const std::string_view part : parts) {
    for (std::string& word : words_of(part)) {
      if (word == before) continue;
      label += (label.empty() ? "" : " ") + word;
      before = std::move(word);
    }
  }
  return label;
}

Parts last(const Parts& parts, std::size_t count) {
  return {parts.end() - static_cast<std::ptrdiff_t>(std::min(count, parts.size())), parts.end()};
}

Parts joined(Parts front, const Parts& back) {
  front.insert(front.end(), back.begin(), back.end());
  return front;
}

// Of a joined path, in the order of label_candidates().
std::vector<Parts> joined_choices(const Parts& first, const Parts& final, const Parts& all) {
  Parts type = last(first, 2);
  type.resize(1);
  return {last(final, 1),
          joined(last(first, 1), last(final, 1)),
          joined(type, last(final, 1)),
          joined(last(first, 2), last(final, 1)),
          last(final, 2),
          joined({first.front()}, last(final, 2)),
          all};
}

std::vector<Parts> choices_of(std::string_view id) {
  constexpr std::size_t kMaxParts = 16;  // of hostile paths, the end
  const Parts all = last(parts_of(id), kMaxParts);
  if (id.starts_with('/') && id.find("./") != std::string_view::npos) {
    const Parts first = parts_of(id.substr(0, id.find("./")));
    const Parts final = parts_of(id.substr(id.rfind("./") + 2));
    if (!first.empty() && !final.empty()) return joined_choices(first, final, all);
  }
  std::vector<Parts> choices;
  for (std::size_t count = 1; count <= all.size(); ++count) choices.push_back(last(all, count));
  return choices;
}

}  // namespace

CleanText clean_text(std::string_view text) {
  CleanText clean;
  clean.not_utf8 = !is_valid_utf8(text);
  const std::string valid = clean.not_utf8 ? to_valid_utf8(text) : std::string();
  std::string_view rest = trim(clean.not_utf8 ? std::string_view(valid) : text);
  clean.text.reserve(rest.size());
  while (!rest.empty()) {
    const std::size_t control = control_size(rest);
    clean.control_characters |= control > 0;
    const char c = control > 0 ? ' ' : rest.front();
    if (c != ' ' || (!clean.text.empty() && clean.text.back() != ' ')) clean.text += c;
    rest.remove_prefix(std::max<std::size_t>(control, 1));
  }
  if (clean.text.ends_with(' ')) clean.text.pop_back();
  return clean;
}

bool is_usable_name(std::string_view name) {
  return name != kMask && !normalise_name(name).empty();
}

std::string local_name(std::string_view id) {
  if (id.starts_with('<') && id.ends_with('>')) id = id.substr(1, id.size() - 2);
  if (id.starts_with("_:")) return std::string(id.substr(2));  // a blank node
  if (!is_iri(id)) return std::string(id);
  while (!id.empty() && std::string_view("/#:").find(id.back()) != std::string_view::npos)
    id.remove_suffix(1);
  const auto at = id.find_last_of("/#:");
  return decode_percent(at == std::string_view::npos ? id : id.substr(at + 1));
}

std::string readable_name(std::string_view id) {
  std::string name = local_name(id);
  std::replace(name.begin(), name.end(), '_', ' ');
  return clean_text(name).text;
}

std::vector<std::string> label_candidates(std::string_view id) {
  if (id.starts_with('<') && id.ends_with('>')) id = id.substr(1, id.size() - 2);
  const std::string decoded = is_iri(id) ? decode_percent(id) : std::string(id);
  // A text with spaces was written for people: "and/or" is no path.
  if (!is_iri(id) && id.find(' ') != std::string_view::npos) return {clean_text(id).text};
  std::vector<std::string> candidates;
  for (const Parts& parts : choices_of(decoded)) {
    std::string label = join_parts(parts);
    const bool longer = candidates.empty() || label != candidates.back();
    if (longer && is_usable_name(label)) candidates.push_back(std::move(label));
  }
  std::stable_partition(candidates.begin(), candidates.end(),
                        [](const std::string& label) { return label.size() <= kLongLabel; });
  if (candidates.empty()) candidates.push_back(clean_text(id).text);
  return candidates;
}

UniqueLabels unique_labels(std::span<const std::string> ids) {
  std::vector<std::vector<std::string>> candidates;
  std::vector<std::size_t> level(ids.size(), 0);
  for (const std::string& id : ids) candidates.push_back(label_candidates(id));
  for (bool changed = true; changed;) {
    changed = false;
    std::unordered_map<std::string, std::vector<std::size_t>> same;
    for (std::size_t i = 0; i < ids.size(); ++i)
      same[normalise_name(candidates[i][level[i]])].push_back(i);
    for (const auto& [label, group] : same) {
      for (const std::size_t i : group) {
        if (group.size() == 1 || level[i] + 1 >= candidates[i].size()) continue;
        ++level[i];
        changed = true;
      }
    }
  }
  UniqueLabels result;
  UniqueNames names;
  for (std::size_t i = 0; i < ids.size(); ++i)
    result.labels.push_back(names.add(candidates[i][level[i]]));
  result.suffixed = names.suffixed();
  return result;
}

}  // namespace stareval::engine
