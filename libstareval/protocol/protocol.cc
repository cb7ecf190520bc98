#include "libstareval/protocol/protocol.h"

namespace stareval {

std::string_view to_string(Mode mode) { return mode == Mode::direct ? "direct" : "cot"; }

Result<Mode> parse_mode(std::string_view text) {
  if (text == "direct") return Mode::direct;
  if (text == "cot") return Mode::cot;
  return make_error(ErrorCode::usage, "--mode: expected direct or cot, found \"{}\"", text);
}

double headline_value(const Score& score) {
  return score.values.empty() ? 0.0 : score.values.front().second;
}

}  // namespace stareval
