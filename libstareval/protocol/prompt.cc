#include "libstareval/protocol/prompt.h"

#include <fmt/format.h>

#include <utility>

#include "libstareval/base/digest.h"
#include "libstareval/tasks/task.h"

namespace stareval {
namespace {

constexpr std::string_view kQuestion = "{question}";
constexpr std::string_view kChoices = "{choices}";
constexpr std::string_view kLabels = "{labels}";

std::string instruction(Mode mode, std::string_view answer) {
  if (mode == Mode::direct) return fmt::format("Answer with {}, and nothing else.", answer);
  return fmt::format(
      "Think step by step between <think> and </think>. Then answer between <answer> and "
      "</answer> with {}, and nothing else.",
      answer);
}

}  // namespace

std::string make_template(Mode mode, std::string_view answer, bool with_choices) {
  std::string text(kQuestion);
  if (with_choices) text.append("\n\n").append(kChoices);
  return text.append("\n\n").append(instruction(mode, answer));
}

Prompt render_prompt(std::string_view prompt_template, const Sample& sample) {
  Prompt prompt;
  while (!prompt_template.empty()) {
    if (prompt_template.starts_with(kQuestion)) {
      prompt.text += sample.question;
      prompt_template.remove_prefix(kQuestion.size());
    } else if (prompt_template.starts_with(kChoices)) {
      prompt.text += list_choices(sample.choices);
      prompt_template.remove_prefix(kChoices.size());
    } else if (prompt_template.starts_with(kLabels)) {
      prompt.text += list_labels(sample.choices);
      prompt_template.remove_prefix(kLabels.size());
    } else {
      prompt.text += prompt_template.front();
      prompt_template.remove_prefix(1);
    }
  }
  return prompt;
}

void set_prompt(ProtocolInfo& info, std::string prompt_template) {
  info.prompt_digest = sha256(prompt_template);
  info.prompt_template = std::move(prompt_template);
}

}  // namespace stareval
