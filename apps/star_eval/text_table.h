// What the texts of the commands share.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stareval::app {

using TextRow = std::vector<std::string>;

// Columns as wide as their widest cell, two blanks between; numbers to the right.
[[nodiscard]] std::string align(const std::vector<TextRow>& rows,
                                const std::vector<bool>& to_right);

// A text of files, users or models with "?" for each control character (C0, C1, DEL), upon which a
// terminal would act. Line feeds and tabs stay where `keep_lines`.
[[nodiscard]] std::string for_terminal(std::string_view text, bool keep_lines = false);

// "45.2 %", or "undefined".
[[nodiscard]] std::string percent(const std::optional<double>& fraction);

}  // namespace stareval::app
