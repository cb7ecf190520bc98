#include <fmt/format.h>

#include <string_view>
#include <system_error>

#include "engine/sample_scene.h"
#include "engine/synth_pictures_internal.h"
#include "libstareval/base/file.h"
#include "libstareval/base/parallel.h"

namespace stareval::engine {
namespace {

namespace fs = std::filesystem;

Result<void> checked(const std::error_code& failure, std::string_view verb,
                     const fs::path& folder) {
  if (!failure) return {};
  return make_error(ErrorCode::io, "cannot {} the folder {}: {}", verb, folder.string(),
                    failure.message());
}

Result<void> remove_folder(const fs::path& folder) {
  std::error_code failure;
  fs::remove_all(folder, failure);
  return checked(failure, "remove", folder);
}

}  // namespace

StagedPictures::StagedPictures(const fs::path& out, const std::string& split)
    : final_(out / "images" / split),
      staged_(out / "images" / (split + ".tmp")),
      old_(out / "images" / (split + ".old")) {}

StagedPictures::~StagedPictures() {
  std::error_code ignored;
  fs::remove_all(staged_, ignored);
  if (!published_) return;
  fs::remove_all(final_, ignored);
  if (file_exists(old_)) fs::rename(old_, final_, ignored);
}

Result<void> StagedPictures::start() {
  STAREVAL_CHECK(remove_folder(staged_));
  return make_folders(staged_);
}

Result<void> StagedPictures::publish() {
  STAREVAL_CHECK(sync_files(staged_));
  std::error_code failure;
  if (file_exists(final_)) {
    STAREVAL_CHECK(remove_folder(old_));
    fs::rename(final_, old_, failure);
    STAREVAL_CHECK(checked(failure, "rename", final_));
  }
  published_ = true;
  fs::rename(staged_, final_, failure);
  STAREVAL_CHECK(checked(failure, "rename", staged_));
  sync_folder_of(final_);
  return {};
}

void StagedPictures::settle() {
  std::error_code ignored;
  fs::remove_all(old_, ignored);
  published_ = false;
}

Result<void> Drawing::draw(const fs::path& folder, std::vector<Sample>& samples) {
  next_ = 0;
  run_on_threads(threads_, [&] { work(folder, samples); });
  if (error_) return *error_;
  return {};
}

void Drawing::work(const fs::path& folder, std::vector<Sample>& samples) {
  for (std::size_t i = next_++; i < samples.size() && !stopped_; i = next_++) {
    Sample& sample = samples[i];
    finish(draw_sample(graph_, styles_, folder / (sample.id + ".png"),
                       fmt::format("images/{}/{}.png", sample.split, sample.id), sample));
  }
}

void Drawing::finish(const Result<void>& result) {
  const std::lock_guard lock(mutex_);
  if (result.has_error()) {
    stopped_ = true;
    if (!error_) error_ = result.error();
  } else if (++done_; observer_) {
    observer_({done_, total_});
  }
}

}  // namespace stareval::engine
