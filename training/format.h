// The file formats of trainers. One more is one more entry of the table in format.cc.
// llama-factory  sharegpt rows, and an entry of dataset_info.json that says so
// ms-swift       messages, images, and the gold answer in its own column, as its GRPO asks for
// Source         data/README.md of LLaMA-Factory; "Custom Dataset" of the documentation of
// ms-swift. Thread         constants and pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "libstareval/base/json.h"
#include "libstareval/base/result.h"
#include "training/row.h"

namespace stareval::training {

struct Format {
  std::string_view name;     // of the command line
  std::string_view summary;  // one line for help
  json::object (*row)(const Row& row) = nullptr;
  // The entry of `file` in dataset_info.json; nullptr where the trainer reads no such file.
  json::object (*info)(const std::string& file) = nullptr;
};

[[nodiscard]] std::span<const Format> formats();

// usage, with the names there are, where the name is unknown.
[[nodiscard]] Result<const Format*> find_format(std::string_view name);

// "<image>" once for each picture, and the text: what a human turn holds in both formats.
[[nodiscard]] std::string with_image_tokens(const Row& row);

}  // namespace stareval::training
