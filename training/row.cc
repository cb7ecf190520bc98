#include "training/row.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "libstareval/extract/thinking.h"
#include "libstareval/tasks/task.h"

namespace stareval::training {
namespace {

// LLaMA-Factory knows the first three, ms-swift all of them.
constexpr std::array<std::string_view, 7> kTokens{
    "<image>", "<video>", "<audio>", "<bbox>", "<ref-object>", "<cot-process>", "<start-image>"};

std::string_view token_at(std::string_view text) {
  const auto* token = std::find_if(kTokens.begin(), kTokens.end(),
                                   [&](std::string_view t) { return text.starts_with(t); });
  return token == kTokens.end() ? std::string_view() : *token;
}

std::string target(const Sample& sample, Mode mode) {
  if (mode == Mode::direct) return gold_answer(sample);
  return fmt::format("<think>{}</think><answer>{}</answer>", sample.rationale, gold_answer(sample));
}

bool gets_full_marks(const Sample& sample, const Protocol& protocol, const std::string& reply) {
  const Score score = protocol.score(sample, answered_reply(reply));
  return score.outcome == Outcome::answered && headline_value(score) == 1.0;
}

}  // namespace

std::string_view to_string(RowFault fault) {
  switch (fault) {
    case RowFault::none: return "none";
    case RowFault::no_rationale: return "no rationale";
    case RowFault::tags: return "<think> or <answer> in the rationale";
    case RowFault::not_full_marks: return "no full marks for the gold answer";
  }
  return "none";
}

std::string escape_tokens(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  while (!text.empty()) {
    const std::string_view token = token_at(text);
    if (token.empty()) {
      escaped += text.front();
      text.remove_prefix(1);
      continue;
    }
    escaped.append("\uFF1C").append(token.substr(1, token.size() - 2)).append("\uFF1E");
    text.remove_prefix(token.size());
  }
  return escaped;
}

RowResult make_row(const Sample& sample, const Protocol& protocol, Mode mode) {
  if (mode == Mode::cot && sample.rationale.empty()) return {{}, RowFault::no_rationale};
  if (mode == Mode::cot && extract::has_reply_tags(sample.rationale)) return {{}, RowFault::tags};
  const Prompt prompt = protocol.prompt(sample);
  const std::string reply = target(sample, mode);
  RowResult result;
  Row& row = result.row;
  row.system = escape_tokens(prompt.system);
  row.user = escape_tokens(prompt.text);
  row.assistant = escape_tokens(reply);
  row.solution = gold_answer(sample);
  row.escaped = row.system != prompt.system || row.user != prompt.text || row.assistant != reply;
  if (!gets_full_marks(sample, protocol, row.assistant)) result.fault = RowFault::not_full_marks;
  return result;
}

}  // namespace stareval::training
