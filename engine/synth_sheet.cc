#include "engine/synth_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "engine/draw/contact_sheet.h"
#include "libstareval/base/file.h"
#include "libstareval/data/dataset_stream.h"

namespace stareval::engine {
namespace {

std::string word_of(const Sample& sample, const char* key) {
  const json::value* style = sample.meta.if_contains("style");
  const json::value* word =
      style != nullptr && style->is_object() ? style->get_object().if_contains(key) : nullptr;
  return word != nullptr && word->is_string() ? std::string(word->get_string()) : "";
}

struct Entry {
  std::string picture;  // path
  std::string caption;
};

Entry entry_of(const Sample& sample) {
  return {sample.images.front().path,
          fmt::format("{} {} {}", sample.id, word_of(sample, "engine"), word_of(sample, "size"))};
}

}  // namespace

Result<std::string> sheet_of_split(const std::filesystem::path& folder, const std::string& split,
                                   std::size_t pictures) {
  std::vector<Entry> entries;
  STAREVAL_TRY(const Dataset dataset,
               stream_dataset(folder, split, [&](const Sample& sample) -> Result<void> {
                 if (!sample.images.empty()) entries.push_back(entry_of(sample));
                 return {};
               }));
  const std::size_t count = std::min(pictures, entries.size());
  std::vector<SheetItem> items;
  for (std::size_t i = 0; i < count; ++i) {
    const Entry& entry = entries[i * entries.size() / count];
    STAREVAL_TRY(std::string png, read_file(dataset.folder / entry.picture));
    items.push_back({std::move(png), entry.caption});
  }
  return contact_sheet(items, {});
}

}  // namespace stareval::engine
