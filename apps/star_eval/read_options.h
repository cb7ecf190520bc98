// The options of read: which picture, and where the graph and the overlay go.
#pragma once

#include <filesystem>

#include "apps/star_eval/options.h"

namespace stareval::app {

struct ReadOptions {
  std::filesystem::path image;
  std::filesystem::path overlay;  // "": none
  std::filesystem::path out;      // "": the standard output
  bool quiet = false;
};

[[nodiscard]] OptionParser make_read_parser();

// Errors  usage: no picture, a file that would be written over the picture or over another one.
//         io: the folder of a file to be written does not exist.
[[nodiscard]] Result<ReadOptions> parse_read_options(const OptionParser& parser);

}  // namespace stareval::app
