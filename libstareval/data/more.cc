#include "libstareval/data/more.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <system_error>
#include <utility>

#include "libstareval/base/file.h"
#include "libstareval/base/text.h"
#include "libstareval/data/dataset_internal.h"
#include "libstareval/data/more_labels.h"
#include "libstareval/data/python_literal.h"

namespace stareval {
namespace {

constexpr const char* kAgain = "lines that occur again";
constexpr const char* kAlias = "labels by an alias";
constexpr const char* kContradiction = "pairs of entity and object with two relations";
constexpr const char* kName = "names that are not the words at their place";
constexpr const char* kNoSlash = "labels without their first slash";
constexpr const char* kQuoted = "boxes of numbers in quotes";
constexpr const char* kSticksOut = "boxes that stick out of their picture, cut to it";

struct Box {  // as in the file
  double x = 0, y = 0, width = 0, height = 0;
};

struct Line {
  std::vector<std::string> tokens;
  std::string entity;  // its name
  std::size_t begin = 0, end = 0;
  std::string object;  // its name
  Box box;
  std::string picture;
  std::size_t label = 0;
  json::object others;  // keys that are not known
};

// A number, or one in quotes, which sets `quoted`.
std::optional<double> number_of(const json::value& value, bool& quoted) {
  if (const auto* text = value.if_string()) {
    quoted = true;
    const std::string_view digits = trim(*text);
    double number = 0;
    const auto [stop, failure] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (failure != std::errc{} || stop != digits.data() + digits.size()) return std::nullopt;
    return number;
  }
  if (!value.is_number()) return std::nullopt;
  return value.to_number<double>();
}

class LineReader {
 public:
  LineReader(const json::object& record, const std::string& where, LossReport& loss)
      : in_(record, where), record_(record), loss_(loss) {}

  Result<Line> read() {
    read_tokens();
    read_entity(in_.child("h"));
    read_object(in_.child("t"));
    line_.picture = in_.string("img_id");
    if (!is_inside(line_.picture) || line_.picture.find('/') != std::string::npos)
      in_.fail("img_id", "the name of a file", "\"" + line_.picture + "\"");
    read_label();
    STAREVAL_CHECK(in_.status());
    constexpr std::array<std::string_view, 5> kKnown{"token", "h", "t", "img_id", "relation"};
    for (const auto& field : record_)
      if (std::find(kKnown.begin(), kKnown.end(), field.key()) == kKnown.end())
        line_.others[field.key()] = field.value();
    return std::move(line_);
  }

 private:
  void read_tokens() {
    const json::array& tokens = in_.array("token");
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (const auto* text = tokens[i].if_string()) line_.tokens.emplace_back(*text);
      else in_.fail(fmt::format("token[{}]", i), "a string", describe_kind(tokens[i]));
    }
  }

  void read_entity(ObjectReader in) {
    line_.entity = in.string("name");
    const json::array& place = in.array("pos");
    const auto index = [&](std::size_t i) { return place[i].if_int64(); };
    if (place.size() != 2 || index(0) == nullptr || index(1) == nullptr) {
      in.fail("pos", "[begin, end) of the entity's tokens", to_json(place));
      return;
    }
    const auto count = static_cast<std::int64_t>(line_.tokens.size());
    if (*index(0) < 0 || *index(0) >= *index(1) || *index(1) > count) {
      in.fail("pos", fmt::format("a begin below an end within {} tokens", count), to_json(place));
      return;
    }
    line_.begin = static_cast<std::size_t>(*index(0));
    line_.end = static_cast<std::size_t>(*index(1));
    const std::span<const std::string> words =
        std::span(line_.tokens).subspan(line_.begin, line_.end - line_.begin);
    if (normalise_name(line_.entity) != normalise_name(fmt::format("{}", fmt::join(words, " "))))
      ++loss_.noted[kName];
  }

  void read_object(ObjectReader in) {
    line_.object = in.string("name");
    const json::array& numbers = in.array("pos");
    bool quoted = false;
    std::array<double, 4> parts{};
    bool fits = numbers.size() == parts.size();
    for (std::size_t i = 0; fits && i < parts.size(); ++i) {
      const std::optional<double> number = number_of(numbers[i], quoted);
      fits = number && *number >= 0.0 && *number <= 1.0;
      if (fits) parts[i] = *number;
    }
    if (!fits || parts[2] <= 0.0 || parts[3] <= 0.0) {
      in.fail("pos", "(centre x, centre y, width, height) of a box, each from 0 to 1, no side 0",
              to_json(numbers));
      return;
    }
    line_.box = {parts[0], parts[1], parts[2], parts[3]};
    if (quoted) ++loss_.noted[kQuoted];
  }

  void read_label() {
    const std::string text = in_.string("relation");
    const std::optional<MoreMatch> match = find_more_label(text);
    if (!match) {
      in_.fail("relation", "none, or one of the twenty labels of MORE", "\"" + text + "\"");
      return;
    }
    line_.label = match->index;
    if (match->spelling == MoreSpelling::no_slash) ++loss_.noted[kNoSlash];
    if (match->spelling == MoreSpelling::alias) ++loss_.noted[kAlias];
  }

  ObjectReader in_;
  const json::object& record_;
  LossReport& loss_;
  Line line_;
};

using Place = std::pair<std::size_t, std::size_t>;             // of an entity
using Object = std::pair<std::string, std::array<double, 4>>;  // name and box

// What a picture holds, over all its lines.
struct Contents {
  std::set<Place> entities;
  std::set<Object> objects;
  std::map<std::pair<Place, Object>, std::size_t> labels;
};

std::string structure_of(const Contents& contents) {
  return fmt::format("{}x{}", contents.entities.size() == 1 ? "1" : "n",
                     contents.objects.size() == 1 ? "1" : "n");
}

// The words of the text, with the entity marked, as it may occur twice.
std::string marked_text(const Line& line) {
  std::string text;
  for (std::size_t i = 0; i < line.tokens.size(); ++i) {
    if (i > 0) text += ' ';
    if (i == line.begin) text += "<entity>";
    text += line.tokens[i];
    if (i + 1 == line.end) text += "</entity>";
  }
  return text;
}

std::string question_of(const Line& line) {
  return fmt::format(
      "The first picture goes with this text: {}\n\nThe second picture shows one object, cut out "
      "of the first. Which relation is there between that object and the entity \"{}\", which is "
      "marked in the text?",
      marked_text(line), line.entity);
}

RelativeBox cut_to_picture(const Box& box, LossReport& loss) {
  // The release states four digits, so that a box at the edge may seem to stick out by the last.
  constexpr double kRounding = 1e-4;
  const RelativeBox whole{box.x - box.width / 2, box.y - box.height / 2, box.x + box.width / 2,
                          box.y + box.height / 2};
  if (std::min(whole.left, whole.top) < -kRounding ||
      std::max(whole.right, whole.bottom) > 1.0 + kRounding)
    ++loss.noted[kSticksOut];
  const auto cut = [](double edge) { return std::clamp(edge, 0.0, 1.0); };
  return {cut(whole.left), cut(whole.top), cut(whole.right), cut(whole.bottom)};
}

class Importer {
 public:
  Importer(std::string where, std::string split)
      : where_(std::move(where)), split_(std::move(split)) {}

  Result<void> add(std::string_view text, std::size_t number) {
    STAREVAL_TRY(const json::value value, parse_python_literal(text, where_, number));
    const std::string where = fmt::format("{}:{}", where_, number);
    const auto* record = value.if_object();
    if (record == nullptr)
      return make_error(ErrorCode::bad_data, "{}: expected a dict, found {}", where,
                        describe_kind(value));
    STAREVAL_TRY(Line line, LineReader(*record, where, file_.loss).read());
    note(line);
    file_.items.push_back(make_item(line, number));
    return {};
  }

  // The structures are known when all lines are.
  MoreFile finish() && {
    for (MoreItem& item : file_.items)
      item.sample.group = structure_of(pictures_[item.sample.cluster]);
    return std::move(file_);
  }

  [[nodiscard]] bool empty() const { return file_.items.empty(); }

 private:
  void note(const Line& line) {
    Contents& contents = pictures_[line.picture];
    const Place place{line.begin, line.end};
    const Box& box = line.box;
    const Object object{line.object, {box.x, box.y, box.width, box.height}};
    contents.entities.insert(place);
    contents.objects.insert(object);
    const auto [known, added] = contents.labels.try_emplace({place, object}, line.label);
    if (!added) ++file_.loss.noted[known->second == line.label ? kAgain : kContradiction];
  }

  MoreItem make_item(const Line& line, std::size_t number) {
    Sample sample;
    sample.id = fmt::format("{}-{:05}", kMoreTask, number);
    sample.task = kMoreTask;
    sample.question = question_of(line);
    sample.choices = more_label_names();
    sample.gold = ChoiceGold{line.label};
    sample.cluster = line.picture;
    sample.split = split_;
    sample.meta = line.others;
    sample.meta["entity"] = {{"name", line.entity}, {"pos", {line.begin, line.end}}};
    sample.meta["object"] = {{"name", line.object},
                             {"pos", {line.box.x, line.box.y, line.box.width, line.box.height}}};
    for (const char* what : {"graph", "question", "rationale"}) ++file_.loss.defaulted[what];
    return {std::move(sample), line.picture, cut_to_picture(line.box, file_.loss)};
  }

  std::string where_;
  std::string split_;
  MoreFile file_;
  std::map<std::string, Contents> pictures_;
};

}  // namespace

Result<MoreFile> more_from_text(std::string_view text, const std::string& where,
                                const std::string& split) {
  Importer importer(where, split);
  std::size_t number = 0;
  for (const std::string_view line : stareval::split(text, '\n')) {
    ++number;
    if (!trim(line).empty()) STAREVAL_CHECK(importer.add(line, number));
  }
  if (importer.empty())
    return make_error(ErrorCode::bad_data, "{}: expected one dict of Python a line, found no lines",
                      where);
  return std::move(importer).finish();
}

Result<MoreFile> read_more(const std::filesystem::path& file, const std::string& split) {
  STAREVAL_TRY(const std::string text, read_file(file));
  return more_from_text(text, file.string(), split);
}

}  // namespace stareval
