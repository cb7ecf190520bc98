#include "engine/import_more.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/draw/crop.h"
#include "engine/draw/picture_decoder.h"
#include "engine/synth_pictures_internal.h"
#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"
#include "libstareval/base/folder_lock.h"
#include "libstareval/base/parallel.h"
#include "libstareval/data/dataset_internal.h"
#include "libstareval/data/more.h"

namespace stareval::engine {
namespace {

namespace fs = std::filesystem;

bool is_plain_name(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

Result<void> check(const ImportOptions& options) {
  if (!is_plain_name(options.split))
    return make_error(ErrorCode::usage,
                      "--split: expected letters, digits, '-' and '_', found \"{}\"",
                      options.split);
  if (options.out.empty())
    return make_error(ErrorCode::usage, "import: expected a folder for --out");
  if (!fs::is_directory(options.pictures))
    return make_error(ErrorCode::usage, "--images: expected a folder, found none at {}",
                      options.pictures.string());
  return {};
}

// Another dataset, and files that no dataset.json speaks of, are somebody's own.
Result<void> check_folder(const ImportOptions& options) {
  json::object manifest;
  const fs::path file = options.out / "dataset.json";
  if (file_exists(file)) {
    STAREVAL_TRY(manifest, read_dataset_manifest(options.out));
  }
  ObjectReader in(manifest, file.string());
  const std::string name = in.string_or("name", options.name);
  const bool replaced = in.object_or_empty("splits").contains(options.split);
  STAREVAL_CHECK(in.status());
  if (name != options.name)
    return make_error(ErrorCode::usage,
                      "{}: expected the dataset {}, found {}; name another folder with --out",
                      options.out.string(), options.name, name);
  for (const fs::path& path :
       {options.out / (options.split + ".jsonl"), options.out / "images" / options.split})
    if (!replaced && file_exists(path))
      return make_error(ErrorCode::usage,
                        "{}: expected nothing there, as dataset.json has no split {}; move it, or "
                        "name another folder with --out",
                        path.string(), options.split);
  return {};
}

// The samples that show one picture.
struct Shown {
  std::string picture;
  std::vector<MoreItem*> items;
};

std::vector<Shown> by_picture(std::vector<MoreItem>& items) {
  std::vector<Shown> all;
  std::map<std::string, std::size_t> places;
  for (MoreItem& item : items) {
    const auto [place, added] = places.try_emplace(item.picture, all.size());
    if (added) all.push_back({item.picture, {}});
    all[place->second].items.push_back(&item);
  }
  return all;
}

Result<void> check_pictures(const std::vector<Shown>& all, const ImportOptions& options) {
  std::size_t missing = 0;
  const Shown* first = nullptr;
  for (const Shown& shown : all) {
    if (file_exists(options.pictures / shown.picture)) continue;
    if (missing++ == 0) first = &shown;
  }
  if (first == nullptr) return {};
  return make_error(ErrorCode::io,
                    "{}: {} of {} pictures are missing, the first is {} of sample {}; name the "
                    "folder that holds the pictures of this split with --images",
                    options.pictures.string(), missing, all.size(), first->picture,
                    first->items.front()->sample.id);
}

// Copies pictures and makes crops, on several threads; each takes the next picture. The first error
// in time stops them all.
class Pictures {
 public:
  Pictures(const ImportOptions& options, fs::path folder, std::vector<Shown>& all)
      : options_(options), folder_(std::move(folder)), all_(all) {}

  Result<void> make() {
    STAREVAL_CHECK(make_folders(folder_ / "pictures"));
    STAREVAL_CHECK(make_folders(folder_ / "crops"));
    run_on_threads(options_.threads, [&] {
      for (std::size_t i = next_++; i < all_.size() && !stopped_; i = next_++)
        finish(make_one(all_[i]));
    });
    if (error_) return *error_;
    return {};
  }

  [[nodiscard]] std::size_t crops() const { return crops_; }

 private:
  Result<void> make_one(const Shown& shown) {
    const fs::path source = options_.pictures / shown.picture;
    STAREVAL_TRY(const std::string bytes, read_file(source));
    STAREVAL_TRY(const Bitmap bitmap, decode_whole_picture(bytes, source.string()));
    STAREVAL_CHECK(write_file(folder_ / "pictures" / shown.picture, bytes));
    const Image whole{path_of("pictures/" + shown.picture), sha256(bytes), bitmap.width,
                      bitmap.height};
    std::map<std::tuple<int, int, int, int>, Image> made;
    for (MoreItem* item : shown.items) {
      const RelativeBox& object = item->object;
      const PixelBox box = pixel_box(object.left, object.top, object.right, object.bottom,
                                     bitmap.width, bitmap.height);
      Image& crop = made[{box.left, box.top, box.right, box.bottom}];
      if (crop.path.empty()) {
        STAREVAL_TRY(crop, make_crop(bitmap, box, item->sample.id));
      }
      item->sample.images = {whole, crop};
    }
    crops_ += made.size();
    return {};
  }

  Result<Image> make_crop(const Bitmap& bitmap, const PixelBox& box, const std::string& id) const {
    const std::string name = "crops/" + id + ".png";
    const std::string bytes = encode_crop(bitmap, box);
    STAREVAL_CHECK(write_file(folder_ / name, bytes));
    return Image{path_of(name), sha256(bytes), box.right - box.left, box.bottom - box.top};
  }

  [[nodiscard]] std::string path_of(const std::string& name) const {
    return fmt::format("images/{}/{}", options_.split, name);
  }

  void finish(const Result<void>& result) {
    if (!result.has_error()) return;
    stopped_ = true;
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = result.error();
  }

  const ImportOptions& options_;
  fs::path folder_;
  std::vector<Shown>& all_;
  std::atomic<std::size_t> next_{0};
  std::atomic<std::size_t> crops_{0};
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;  // guards the error
  std::optional<Error> error_;
};

json::object about_dataset(const ImportOptions& options, const std::string& digest) {
  return {{"description",
           "MORE: relations between objects of news pictures and entities of their titles (arXiv "
           "2312.09753)."},
          {"licence", "that of the release; not given on with this folder"},
          {"generator", json::object{{"name", "star-eval import"},
                                     {"version", STAREVAL_VERSION},
                                     {"format", "more"},
                                     {"split", options.split},
                                     {"source", digest}}}};
}

}  // namespace

Result<ImportReport> import_more(const ImportOptions& options) {
  STAREVAL_CHECK(check(options));
  STAREVAL_TRY(const std::string text, read_file(options.file));
  STAREVAL_TRY(MoreFile file, more_from_text(text, options.file.string(), options.split));
  std::vector<Shown> shown = by_picture(file.items);
  STAREVAL_CHECK(check_pictures(shown, options));
  STAREVAL_CHECK(check_folder(options));
  STAREVAL_TRY(const FolderLock lock, FolderLock::take(options.out));
  StagedPictures staged(options.out, options.split);
  SplitWriter records(options.out, options.split);
  STAREVAL_CHECK(staged.start());
  STAREVAL_CHECK(records.open());
  Pictures pictures(options, staged.folder(), shown);
  STAREVAL_CHECK(pictures.make());
  for (const MoreItem& item : file.items) STAREVAL_CHECK(records.add(item.sample));
  STAREVAL_CHECK(staged.publish());
  STAREVAL_TRY(SplitInfo info, records.publish());
  STAREVAL_CHECK(write_dataset_manifest(options.out, options.name, "1",
                                        about_dataset(options, sha256(text)), {&info, 1}));
  staged.settle();
  records.settle();
  return ImportReport{std::move(info), shown.size(), pictures.crops(), std::move(file.loss)};
}

}  // namespace stareval::engine
