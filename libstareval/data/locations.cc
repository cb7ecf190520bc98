#include "libstareval/data/locations.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>

#ifndef STAREVAL_SOURCE_SHARE
#define STAREVAL_SOURCE_SHARE ""
#endif

namespace stareval {
namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  std::error_code failure;
  return fs::is_directory(path, failure);
}

fs::path installed_share() {
  std::error_code failure;
  const fs::path program = fs::read_symlink("/proc/self/exe", failure);
  return failure ? fs::path() : program.parent_path().parent_path() / "share" / "stareval";
}

}  // namespace

Result<fs::path> shipped_data_folder() {
  if (const char* set = std::getenv("STAREVAL_DATA"); set != nullptr && *set != '\0') {
    if (is_folder(set)) return fs::path(set);
    return make_error(ErrorCode::io, "STAREVAL_DATA: expected a folder, found \"{}\"", set);
  }
  for (const fs::path& folder : {installed_share(), fs::path(STAREVAL_SOURCE_SHARE)})
    if (is_folder(folder)) return folder;
  return make_error(
      ErrorCode::io,
      "the data that StarEval ships is not where it was installed; set STAREVAL_DATA to "
      "its share/ folder");
}

std::vector<std::string> shipped_names(const std::string& kind) {
  std::vector<std::string> names;
  const auto share = shipped_data_folder();
  if (share.has_error()) return names;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(*share / kind, failure))
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

Result<fs::path> find_data(const std::string& kind, const std::string& name_or_folder) {
  if (is_folder(name_or_folder)) return fs::path(name_or_folder);
  if (!name_or_folder.empty() && name_or_folder.find('/') == std::string::npos) {
    STAREVAL_TRY(const fs::path share, shipped_data_folder());
    if (is_folder(share / kind / name_or_folder)) return share / kind / name_or_folder;
  }
  const std::vector<std::string> names = shipped_names(kind);
  return make_error(
      ErrorCode::usage, "expected a folder or the name of one of the shipped {} ({}), found \"{}\"",
      kind, names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", ")), name_or_folder);
}

}  // namespace stareval
