#include "engine/draw/picture_store.h"

#include <sys/stat.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "engine/draw/cairo_internal.h"
#include "engine/draw/emblem.h"
#include "engine/draw/picture_decoder.h"
#include "engine/draw/picture_decoder_internal.h"
#include "libstareval/base/file.h"

namespace stareval::engine {
namespace {

std::size_t bytes_of(const SharedBitmap& bitmap) { return bitmap->pixels.size() * 4 + 256; }

Result<SharedBitmap> decoded(const std::string& path) {
  if (const auto key = emblem_key(path)) return std::make_shared<const Bitmap>(draw_emblem(*key));
  const auto bytes = read_file(path);
  if (!bytes)
    return make_error(ErrorCode::io, "picture {}: cannot be read: {}", path, bytes.error().message);
  STAREVAL_TRY(Bitmap bitmap, decode_picture(*bytes, path));
  return std::make_shared<const Bitmap>(std::move(bitmap));
}

// What tells a file that was changed.
struct Version {
  std::int64_t time = 0;  // nanoseconds
  std::int64_t size = 0;  // bytes
};

Result<Version> version_of(const std::string& path) {
  if (emblem_key(path)) return Version{};
  struct stat file {};
  if (stat(path.c_str(), &file) != 0)
    return make_error(ErrorCode::io, "picture {}: cannot be read: {}", path,
                      std::generic_category().message(errno));
  return Version{file.st_mtim.tv_sec * 1'000'000'000 + file.st_mtim.tv_nsec, file.st_size};
}

}  // namespace

PictureStore& PictureStore::shared() {
  static PictureStore store;
  return store;
}

std::size_t PictureStore::bytes_held() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

SharedBitmap PictureStore::find(const Key& key) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  items_.splice(items_.begin(), items_, found->second);
  return found->second->bitmap;
}

void PictureStore::keep(const Key& key, const SharedBitmap& bitmap) {
  const std::lock_guard lock(mutex_);
  if (by_key_.count(key) != 0) return;  // another thread was faster
  items_.push_front({key, bitmap});
  by_key_[key] = items_.begin();
  bytes_ += bytes_of(bitmap);
  while (bytes_ > most_bytes_ && !items_.empty()) {
    bytes_ -= bytes_of(items_.back().bitmap);
    by_key_.erase(items_.back().key);
    items_.pop_back();
  }
}

Result<SharedBitmap> PictureStore::load(const Key& key) {
  if (SharedBitmap known = find(key)) return known;
  STAREVAL_TRY(SharedBitmap bitmap, decoded(std::get<0>(key)));
  keep(key, bitmap);
  return bitmap;
}

Result<SharedBitmap> PictureStore::load(const std::string& path) { return scaled(path, 0, 0); }

Result<SharedBitmap> PictureStore::scaled(const std::string& path, int width, int height) {
  STAREVAL_TRY(const Version version, version_of(path));
  Key own{path, version.time, version.size, 0, 0};
  if (width == 0) return load(own);
  Key key{path, version.time, version.size, width, height};
  if (SharedBitmap known = find(key)) return known;
  STAREVAL_TRY(const SharedBitmap original, load(own));
  const SurfacePtr surface =
      surface_over(original->pixels.data(), original->width, original->height, CAIRO_FORMAT_ARGB32);
  auto bitmap = std::make_shared<const Bitmap>(scaled_copy(surface.get(), width, height));
  keep(key, bitmap);
  return SharedBitmap(std::move(bitmap));
}

}  // namespace stareval::engine
