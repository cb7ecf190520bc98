#include "engine/synth_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "engine/draw/contact_sheet.h"
#include "libstareval/base/file.h"
#include "libstareval/data/dataset.h"

namespace stareval::engine {
namespace {

std::string word_of(const Sample& sample, const char* key) {
  const json::value* style = sample.meta.if_contains("style");
  const json::value* word =
      style != nullptr && style->is_object() ? style->get_object().if_contains(key) : nullptr;
  return word != nullptr && word->is_string() ? std::string(word->get_string()) : "";
}

}  // namespace

Result<std::string> sheet_of_split(const std::filesystem::path& folder, const std::string& split,
                                   std::size_t pictures) {
  STAREVAL_TRY(const Dataset dataset, read_dataset(folder, split));
  const std::size_t count = std::min(pictures, dataset.samples.size());
  std::vector<SheetItem> items;
  for (std::size_t i = 0; i < count; ++i) {
    const Sample& sample = dataset.samples[i * dataset.samples.size() / count];
    if (sample.images.empty()) continue;
    STAREVAL_TRY(std::string png, read_file(folder / sample.images.front().path));
    items.push_back({std::move(png), fmt::format("{} {} {}", sample.id, word_of(sample, "engine"),
                                                 word_of(sample, "size"))});
  }
  return contact_sheet(items, {});
}

}  // namespace stareval::engine
