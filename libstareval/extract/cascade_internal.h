// The order in which a reply is searched, the same for every kind of answer (extraction.h).
// A reader knows one kind of answer, and has
//     using Value = ...;                                   comparable with ==
//     Reading<Value> whole(const Source&, Span) const;     nothing but an answer stands there
//     Reading<Value> head(const Source&, Span) const;      an announced answer starts there
//     Reading<Value> single(const Source&, Span) const;    the only candidate in there
//     static constexpr Denial kDenial;                     what takes an answer back beside it
//     bool can_be_denied(const Source&, const Reading<Value>&) const;   may be left out: true
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libstareval/extract/negation_internal.h"
#include "libstareval/extract/regions_internal.h"

namespace stareval::extract {

// Where the text beside an answer may take it back: "C is wrong", "it is not true that C".
enum class Denial { nowhere, after, around };

template <class T>
struct Reading {
  ReadStatus status = ReadStatus::none;
  T value{};
  Span span;

  static Reading found(T value, Span span) { return {ReadStatus::found, std::move(value), span}; }
  static Reading ambiguous(Span span) { return {ReadStatus::ambiguous, T{}, span}; }
};

// One reading of several: those with nothing are passed over; all others must agree.
template <class T>
Reading<T> merge(const std::vector<Reading<T>>& readings) {
  Reading<T> merged;
  for (const Reading<T>& reading : readings) {
    if (reading.status == ReadStatus::none) continue;
    const bool differs = merged.status == ReadStatus::found &&
                         reading.status == ReadStatus::found && !(merged.value == reading.value);
    if (reading.status == ReadStatus::ambiguous || differs)
      return Reading<T>::ambiguous(reading.span);
    merged = reading;
  }
  return merged;
}

// One reading of several boxes or answer tags, in the order of their regions. One that says
// something which cannot be read differs from one that can ("\boxed{31.8}", "\boxed{7}").
template <class T>
Reading<T> merge_regions(const Source& source, const std::vector<Span>& regions,
                         const std::vector<Reading<T>>& readings) {
  auto merged = merge(readings);
  if (merged.status != ReadStatus::found) return merged;
  for (std::size_t i = 0; i < regions.size(); ++i)
    if (readings[i].status == ReadStatus::none && says_something(source.lower_view(regions[i])))
      return Reading<T>::ambiguous(regions[i]);
  return merged;
}

template <class Reader>
class Cascade {
 public:
  using Value = typename Reader::Value;

  Cascade(const Reader& reader, const Source& source) : reader_(reader), source_(source) {}

  [[nodiscard]] Extraction<Value> run() const {
    const auto tags = answer_tags(source_);
    if (tags.empty()) return read(source_.all());
    std::vector<Reading<Value>> readings;
    readings.reserve(tags.size());
    for (const Span tag : tags) readings.push_back(unless_denied(read_tag(tag)));
    return with_rule(merge_regions(source_, tags, readings), "answer_tag");
  }

 private:
  [[nodiscard]] Extraction<Value> read(Span span) const {
    if (const auto boxed = read_boxes(span); boxed.status != ReadStatus::none)
      return with_rule(boxed, "boxed");
    if (const auto stated = read_statements(span); stated.status != ReadStatus::none)
      return with_rule(stated, "statement");
    if (const auto whole = read_whole(span); whole.status != ReadStatus::none)
      return with_rule(whole, "bare");
    return with_rule(unless_revised(unless_denied(reader_.single(source_, span)), span), "single");
  }

  [[nodiscard]] Reading<Value> read_boxes(Span span) const {
    std::vector<Reading<Value>> readings;
    const auto regions = boxes(source_, span);
    for (const Span box : regions) {
      const Span inside = strip_marks(source_.text, box);
      auto reading = reader_.whole(source_, inside);
      if (reading.status == ReadStatus::none) reading = reader_.single(source_, inside);
      readings.push_back(unless_denied(std::move(reading)));
    }
    return unless_revised(merge_regions(source_, regions, readings), span);
  }

  [[nodiscard]] Reading<Value> read_statements(Span span) const {
    const auto stated = statements(source_, span);
    bool any_final = false;
    for (const Statement& statement : stated) any_final = any_final || statement.final;
    std::vector<Reading<Value>> readings;
    for (const Statement& statement : stated) {
      if (any_final && !statement.final) continue;
      auto reading = reader_.head(source_, statement.region);
      const bool unsure = statement.hypothetical || is_asked(source_.lower, reading.span.end);
      if (unsure && reading.status == ReadStatus::found)
        reading = Reading<Value>::ambiguous(reading.span);
      readings.push_back(unless_denied(std::move(reading)));
    }
    return unless_revised(merge(readings), span);
  }

  [[nodiscard]] Reading<Value> read_whole(Span span) const {
    auto reading = reader_.whole(source_, strip_marks(source_.text, span));
    return unless_revised(unless_denied(std::move(reading)), span);
  }

  // "Answer: 7? No.", "It is not true that the answer is 7."
  [[nodiscard]] Reading<Value> unless_denied(Reading<Value> reading) const {
    if (reading.status != ReadStatus::found || Reader::kDenial == Denial::nowhere) return reading;
    if constexpr (requires { reader_.can_be_denied(source_, reading); })
      if (!reader_.can_be_denied(source_, reading)) return reading;
    const bool before =
        Reader::kDenial == Denial::around && is_denied_before(source_.lower, reading.span.begin);
    const bool denied = before || is_denied_after(source_.lower, reading.span.end);
    return denied ? Reading<Value>::ambiguous(reading.span) : reading;
  }

  // "Answer: 7. Wait, it is 8.": where the writer thinks again, the answer must stand there again.
  [[nodiscard]] Reading<Value> unless_revised(Reading<Value> reading, Span span) const {
    if (reading.status != ReadStatus::found) return reading;
    const Span rest{reading.span.end, std::max(reading.span.end, span.end)};
    const auto later_text = source_.lower_view(rest);
    if (!has_revision(later_text) && !has_replacement(later_text)) return reading;
    const auto later = reader_.single(source_, rest);
    const bool agrees = later.status == ReadStatus::found && later.value == reading.value;
    return agrees ? reading : Reading<Value>::ambiguous(reading.span);
  }

  static Extraction<Value> with_rule(Reading<Value> reading, std::string_view rule) {
    if (reading.status == ReadStatus::none) return {};
    return {reading.status, std::move(reading.value), std::string(rule), reading.span};
  }

  // As if the content of the tag were the whole reply.
  [[nodiscard]] Reading<Value> read_tag(Span tag) const {
    const Source inside = source_.part(tag);
    auto read = Cascade(reader_, inside).read(inside.all());
    if (read.status == ReadStatus::none) return {};
    return {read.status,
            std::move(read.value),
            {read.span.begin + tag.begin, read.span.end + tag.begin}};
  }

  const Reader& reader_;
  const Source& source_;
};

template <class Reader>
Extraction<typename Reader::Value> run_cascade(const Reader& reader, std::string_view reply) {
  const Source source = make_source(reply);
  return Cascade<Reader>(reader, source).run();
}

}  // namespace stareval::extract
