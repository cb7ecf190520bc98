// What the texts of the commands share.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace stareval::app {

using TextRow = std::vector<std::string>;

// Columns as wide as their widest cell, two blanks between; numbers to the right.
[[nodiscard]] std::string align(const std::vector<TextRow>& rows,
                                const std::vector<bool>& to_right);

// Names come from files and users: what a terminal would act upon is shown as "?".
[[nodiscard]] std::string plain(std::string text);

// "45.2 %", or "undefined".
[[nodiscard]] std::string percent(const std::optional<double>& fraction);

}  // namespace stareval::app
