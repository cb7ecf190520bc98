#include "engine/graph/pictures.h"

#include <algorithm>
#include <array>
#include <system_error>

#include "engine/graph/readable.h"
#include "libstareval/base/text.h"

namespace stareval::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 5> kExtensions{".png", ".jpg", ".jpeg", ".webp", ".svg"};
constexpr int kFolderRank = static_cast<int>(kExtensions.size());

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Place of the extension in kExtensions, or -1.
int extension_rank(const fs::path& path) {
  const std::string extension = path.extension().string();
  const auto* at =
      std::find_if(kExtensions.begin(), kExtensions.end(),
                   [&](std::string_view known) { return equals_ignoring_case(known, extension); });
  return at == kExtensions.end() ? -1 : static_cast<int>(at - kExtensions.begin());
}

fs::path first_picture(const fs::path& folder) {
  std::error_code failure;
  fs::path first;
  for (fs::directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure))
    if (extension_rank(at->path()) >= 0 && (first.empty() || at->path() < first))
      first = at->path();
  return first;
}

}  // namespace

std::string picture_key(std::string_view id) {
  std::string key;
  for (const char c : id) {
    const bool kept = is_letter_or_digit(c) || c == '-' || static_cast<unsigned char>(c) >= 0x80;
    if (kept || !key.empty()) key += kept ? c : '_';
  }
  return key;
}

Result<PictureFolder> PictureFolder::open(const fs::path& folder) {
  PictureFolder pictures;
  std::error_code failure;
  fs::directory_iterator at(folder, failure);
  for (const fs::directory_iterator end; !failure && at != end; at.increment(failure))
    pictures.add(*at);
  if (failure)
    return make_error(ErrorCode::io, "cannot list the folder of pictures {}: {}", folder.string(),
                      failure.message());
  return pictures;
}

void PictureFolder::add(const fs::directory_entry& entry) {
  std::error_code failure;
  const bool is_folder = entry.is_directory(failure);
  const int rank = is_folder ? kFolderRank : extension_rank(entry.path());
  if (rank < 0) return;
  const fs::path& path = entry.path();
  const std::string key = picture_key((is_folder ? path.filename() : path.stem()).string());
  const auto [known, fresh] = entries_.emplace(key, Entry{path, rank});
  // A folder is listed in no order: equal names are decided by extension, then by name.
  if (!fresh && std::pair(rank, path) < std::pair(known->second.rank, known->second.path))
    known->second = {path, rank};
}

fs::path PictureFolder::find(std::string_view id) const {
  auto entry = entries_.find(picture_key(id));
  if (entry == entries_.end()) entry = entries_.find(picture_key(local_name(id)));
  if (entry == entries_.end()) return {};
  return entry->second.rank == kFolderRank ? first_picture(entry->second.path) : entry->second.path;
}

fs::path find_hashed_picture(const fs::path& folder, std::string_view hash) {
  if (hash.size() < 2 || !std::all_of(hash.begin(), hash.end(), is_letter_or_digit)) return {};
  fs::path path = folder / hash.substr(0, 2) / (std::string(hash) + ".jpg");
  std::error_code failure;
  return fs::is_regular_file(path, failure) ? path : fs::path();
}

}  // namespace stareval::engine
