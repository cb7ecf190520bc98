// default_statement() of readable.h.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/graph/readable.h"
#include "libstareval/base/text.h"

namespace stareval::engine {
namespace {

using Sentence = std::pair<std::string_view, std::string_view>;

// Relations of YAGO (MKG-Y) and VisualSem, by their readable labels.
constexpr std::array<Sentence, 36> kSentences{{
    {"acted in", "{head} acted in {tail}."},
    {"at location", "{head} is found at {tail}."},
    {"created", "{head} created {tail}."},
    {"deals with", "{head} trades with {tail}."},
    {"defined as", "{head} is defined as {tail}."},
    {"died in", "{head} died in {tail}."},
    {"directed", "{head} directed {tail}."},
    {"edited", "{head} edited {tail}."},
    {"gloss related", "The meaning of {head} is explained with {tail}."},
    {"graduated from", "{head} graduated from {tail}."},
    {"happened in", "{head} happened in {tail}."},
    {"has a", "{head} has {tail} as a kind or part."},
    {"has academic advisor", "{tail} is the academic advisor of {head}."},
    {"has capital", "The capital of {head} is {tail}."},
    {"has child", "{tail} is a child of {head}."},
    {"has neighbor", "{head} is a neighbor of {tail}."},
    {"has official language", "An official language of {head} is {tail}."},
    {"has property", "{head} has {tail} as a property."},
    {"has won prize", "{head} has won the prize {tail}."},
    {"influences", "{head} influences {tail}."},
    {"is a", "{head} is a kind of {tail}."},
    {"is citizen of", "{head} is a citizen of {tail}."},
    {"is leader of", "{head} is a leader of {tail}."},
    {"is politician of", "{head} is a politician of {tail}."},
    {"lives in", "{head} lives in {tail}."},
    {"made of", "{head} is made of {tail}."},
    {"owns", "{head} owns {tail}."},
    {"part of", "{head} is part of {tail}."},
    {"participated in", "{head} participated in {tail}."},
    {"plays for", "{head} plays for {tail}."},
    {"receives action", "{head} receives the action of {tail}."},
    {"related to", "{head} is related to {tail}."},
    {"synonym", "{head} means the same as {tail}."},
    {"used for", "{head} is used for {tail}."},
    {"works at", "{head} works at {tail}."},
    {"wrote music for", "{head} wrote music for {tail}."},
}};

constexpr std::array<std::string_view, 8> kVerbs{"is",  "was", "are",  "were",
                                                 "has", "had", "have", "can"};

bool is_verb(std::string_view word) {
  return std::find(kVerbs.begin(), kVerbs.end(), word) != kVerbs.end();
}

// "produced by", "used by".
bool is_passive(const std::vector<std::string_view>& words) {
  return words.size() == 2 && words[1] == "by" &&
         (words[0].ends_with("ed") || words[0] == "written" || words[0] == "made");
}

}  // namespace

std::string neutral_statement(std::string_view label) {
  return fmt::format(R"({{head}} has the relation "{}" to {{tail}}.)", label);
}

std::string default_statement(std::string_view label) {
  if (label.find_first_of("{}") != std::string_view::npos)  // must not pass for {head} or {tail}
    return "{head} has a relation to {tail}.";
  const auto* known = std::find_if(kSentences.begin(), kSentences.end(),
                                   [&](const Sentence& entry) { return entry.first == label; });
  if (known != kSentences.end()) return std::string(known->second);
  const std::vector<std::string_view> words = split(label, ' ');
  if (words.size() > 1 && is_verb(words[0])) return fmt::format("{{head}} {} {{tail}}.", label);
  if (is_passive(words)) return fmt::format("{{head}} was {} {{tail}}.", label);
  return neutral_statement(label);
}

}  // namespace stareval::engine
