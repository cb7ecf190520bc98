#include "engine/audit/pictures.h"

#include <atomic>
#include <map>
#include <string_view>
#include <utility>

#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"
#include "libstareval/base/parallel.h"
#include "libstareval/data/picture_check.h"

namespace stareval::engine {
namespace {

namespace fs = std::filesystem;

struct PictureFile {
  const Image* stated;
  const std::string* sample;
  std::int64_t bytes = -1;
  std::string fault;
};

Result<void> check(const fs::path& path, const std::string& bytes, const Image& stated) {
  STAREVAL_TRY(const PictureSize size, check_picture(bytes, path.string()));
  if (const std::string found = sha256(bytes); found != stated.digest)
    return make_error(ErrorCode::mismatch, "picture {}: expected the digest {}, found {}",
                      path.string(), stated.digest, found);
  if (size.width != 0 && (size.width != stated.width || size.height != stated.height))
    return make_error(ErrorCode::mismatch, "picture {}: expected {} x {} pixels, found {} x {}",
                      path.string(), stated.width, stated.height, size.width, size.height);
  return {};
}

void read(const fs::path& folder, PictureFile& file) {
  const fs::path path = folder / file.stated->path;
  const Result<std::string> bytes = read_file(path);
  if (bytes.has_error()) {
    file.fault = bytes.error().message;
    return;
  }
  file.bytes = static_cast<std::int64_t>(bytes->size());
  if (const auto checked = check(path, *bytes, *file.stated); checked.has_error())
    file.fault = checked.error().message;
}

void read_all(const fs::path& folder, int threads, std::vector<PictureFile>& files) {
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < files.size(); i = next++) read(folder, files[i]);
  };
  run_on_threads(threads, work);
}

}  // namespace

void read_pictures(const fs::path& folder, int threads, AuditSplit& split) {
  std::vector<PictureFile> files;
  std::map<std::string_view, std::size_t> file_of_path;
  for (const AuditItem& item : split.items)
    for (const Image& image : item.pictures)
      if (file_of_path.emplace(image.path, files.size()).second)
        files.push_back({&image, &item.id, -1, {}});
  read_all(folder, threads, files);
  for (AuditItem& item : split.items) {
    if (!item.pictures.empty()) item.picture_bytes = 0;
    for (const Image& image : item.pictures) {
      const std::int64_t bytes = files[file_of_path.at(image.path)].bytes;
      item.picture_bytes = bytes < 0 || item.picture_bytes < 0 ? -1 : item.picture_bytes + bytes;
    }
  }
  split.pictures = files.size();
  for (PictureFile& file : files)
    if (!file.fault.empty()) split.broken_pictures.push_back({*file.sample, std::move(file.fault)});
}

}  // namespace stareval::engine
