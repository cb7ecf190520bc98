#include "training/pictures.h"

#include "libstareval/base/file.h"

namespace stareval::training {

Result<void> copy_picture(const ImagePart& source, const std::filesystem::path& target,
                          bool overwrite) {
  if (file_exists(target)) {
    if (read_image({target, source.digest}).has_value()) return {};
    if (!overwrite)
      return make_error(ErrorCode::usage,
                        "{} is there already, and is another picture than {}; choose another "
                        "--out, or give --force",
                        target.string(), source.path.string());
  }
  STAREVAL_TRY(const std::string bytes, read_image(source));
  return write_file_atomic(target, bytes);
}

}  // namespace stareval::training
