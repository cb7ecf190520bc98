#include "engine/draw/picture_store.h"

#include <sys/stat.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "engine/draw/cairo_internal.h"

namespace stareval::engine {
namespace {

std::size_t bytes_of(const SharedBitmap& bitmap) { return bitmap->pixels.size() * 4 + 256; }

// Copies a surface of any format into pixels of ours.
Bitmap copied(cairo_surface_t* surface, int width, int height) {
  const int own_width = cairo_image_surface_get_width(surface);
  const int own_height = cairo_image_surface_get_height(surface);
  Bitmap bitmap{width, height,
                std::vector<std::uint32_t>(static_cast<std::size_t>(width) *
                                           static_cast<std::size_t>(height))};
  const SurfacePtr target = surface_over(bitmap.pixels.data(), width, height, CAIRO_FORMAT_ARGB32);
  const CairoPtr cairo(cairo_create(target.get()));
  cairo_scale(cairo.get(), static_cast<double>(width) / own_width,
              static_cast<double>(height) / own_height);
  cairo_set_source_surface(cairo.get(), surface, 0.0, 0.0);
  // Pad, so that the picture's border does not fade into nothing where it is scaled.
  cairo_pattern_set_extend(cairo_get_source(cairo.get()), CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter(cairo_get_source(cairo.get()), CAIRO_FILTER_GOOD);
  cairo_set_operator(cairo.get(), CAIRO_OPERATOR_SOURCE);
  cairo_paint(cairo.get());
  return bitmap;
}

Result<SharedBitmap> decoded(const std::string& path) {
  const SurfacePtr surface(cairo_image_surface_create_from_png(path.c_str()));
  const cairo_status_t status = cairo_surface_status(surface.get());
  if (status != CAIRO_STATUS_SUCCESS)
    return make_error(ErrorCode::bad_data, "picture {}: expected a PNG image: {}", path,
                      cairo_status_to_string(status));
  return std::make_shared<const Bitmap>(copied(surface.get(),
                                               cairo_image_surface_get_width(surface.get()),
                                               cairo_image_surface_get_height(surface.get())));
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
  struct stat file {};
  if (stat(path.c_str(), &file) != 0)
    return make_error(ErrorCode::io, "picture {}: cannot be read: {}", path,
                      std::generic_category().message(errno));
  const std::int64_t time = file.st_mtim.tv_sec * 1'000'000'000 + file.st_mtim.tv_nsec;
  Key own{path, time, file.st_size, 0, 0};
  if (width == 0) return load(own);
  Key key{path, time, file.st_size, width, height};
  if (SharedBitmap known = find(key)) return known;
  STAREVAL_TRY(const SharedBitmap original, load(own));
  const SurfacePtr surface =
      surface_over(original->pixels.data(), original->width, original->height, CAIRO_FORMAT_ARGB32);
  auto bitmap = std::make_shared<const Bitmap>(copied(surface.get(), width, height));
  keep(key, bitmap);
  return SharedBitmap(std::move(bitmap));
}

}  // namespace stareval::engine
