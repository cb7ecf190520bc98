#include "training/pictures.h"

#include <fstream>
#include <system_error>

#include "libstareval/base/file.h"

namespace stareval::training {
namespace {

namespace fs = std::filesystem;

// Not synced to disk, which would take minutes for a large split: a copy that a power failure cut
// is found by its digest, and made anew.
bool write_in_place(const fs::path& target, std::string_view bytes) {
  fs::path part = target;
  part += ".part";
  std::ofstream file(part, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), std::ssize(bytes));
  file.close();
  std::error_code failure;
  if (file) fs::rename(part, target, failure);
  if (file && !failure) return true;
  fs::remove(part, failure);
  return false;
}

}  // namespace

Result<void> copy_picture(const ImagePart& source, const fs::path& target, bool overwrite) {
  const bool taken = file_exists(target);
  if (taken && read_image({target, source.digest}).has_value()) return {};
  if (taken && !overwrite)
    return make_error(ErrorCode::usage,
                      "{} is there already, and is another picture than {}; choose another "
                      "--out, or give --force",
                      target.string(), source.path.string());
  STAREVAL_TRY(const std::string bytes, read_image(source));
  STAREVAL_CHECK(make_folders(target.parent_path()));
  if (write_in_place(target, bytes)) return {};
  return make_error(ErrorCode::io, "cannot write {}: is the disk full, or the folder protected?",
                    target.string());
}

}  // namespace stareval::training
