#include "libstareval/protocol/protocol.h"

#include "libstareval/tasks/task.h"

namespace stareval {

std::string_view to_string(Mode mode) { return mode == Mode::direct ? "direct" : "cot"; }

Result<Mode> parse_mode(std::string_view text) {
  if (text == "direct") return Mode::direct;
  if (text == "cot") return Mode::cot;
  return make_error(ErrorCode::usage, "--mode: expected direct or cot, found \"{}\"", text);
}

std::string_view to_string(AnswerForm form) {
  switch (form) {
    case AnswerForm::choice: return "choice";
    case AnswerForm::ranking: return "ranking";
    case AnswerForm::open: break;
  }
  return "open";
}

Result<AnswerForm> parse_answer_form(std::string_view text) {
  for (const AnswerForm form : {AnswerForm::choice, AnswerForm::ranking, AnswerForm::open})
    if (text == to_string(form)) return form;
  return make_error(ErrorCode::usage,
                    "--answer-form: expected choice, ranking or open, found \"{}\"", text);
}

bool has_answer_forms(std::string_view task) {
  const std::string_view base = base_task(task);
  return base.empty() || base == "ER" || base == "RR";
}

double headline_value(const Score& score) {
  return score.values.empty() ? 0.0 : score.values.front().second;
}

}  // namespace stareval
