// Words of questions that several readers know, and the reading of counts.
// Thread  constants and pure functions.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "backends/reader/question_internal.h"
#include "backends/reader/question_words_internal.h"

namespace stareval::reader {

using Sentences = std::vector<Sentence>;

inline constexpr std::string_view kEntity = "entity node vertex box bubble concept";
inline constexpr std::string_view kEntities = "entities nodes vertices boxes bubbles concepts";
inline constexpr std::string_view kRelation = "relation relationship predicate label";
inline constexpr std::string_view kRelations = "relations relationships predicates labels";
inline constexpr std::string_view kTriple = "triple fact arrow edge link arc statement connection";
inline constexpr std::string_view kTriples =
    "triples facts arrows edges links arcs statements connections";
inline constexpr std::string_view kPicture =
    "image picture photo photograph thumbnail illustration";
inline constexpr std::string_view kPictures =
    "images pictures photos photographs thumbnails illustrations";
inline constexpr std::string_view kWhole = "graph diagram network kg content contents";

// A name or a quoted text in the midst of a sentence: it asks of that alone.
[[nodiscard]] bool names_something(const Sentence& sentence);

// What the sentences count. `settled`: they count something, known or not.
struct CountReading {
  bool settled = false;
  std::optional<Asks> asks;
};

[[nodiscard]] CountReading count_of(const Sentences& sentences);

}  // namespace stareval::reader
