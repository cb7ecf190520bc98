// Node pictures, decoded from files (picture_decoder.h), or emblems (emblem.h), and scaled, kept in
// a bounded cache.
// Cache   the least recently used go first; what is returned never depends on the cache. A file
//         that was changed (time or size) is read again.
// Thread  any; one store is shared by all threads of the process.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "engine/draw/bitmap.h"
#include "libstareval/base/result.h"

namespace stareval::engine {

// Shared by the cache and whoever draws, so that eviction takes nothing away from a drawing.
using SharedBitmap = std::shared_ptr<const Bitmap>;

class PictureStore {
 public:
  // 64 MiB hold about 2,000 pictures of 96 pixels, each in one more size.
  explicit PictureStore(std::size_t most_bytes = std::size_t{64} << 20U)
      : most_bytes_(most_bytes) {}

  // The store of the process.
  static PictureStore& shared();

  // The picture as decode_picture() gives it. Error (io) where the file cannot be read, (bad_data)
  // where it cannot be decoded; both name the file.
  Result<SharedBitmap> load(const std::string& path);

  // The picture scaled to this size, which must be at least 1 x 1.
  Result<SharedBitmap> scaled(const std::string& path, int width, int height);

  [[nodiscard]] std::size_t bytes_held() const;

 private:
  // Path, file time, file size, width, height; width and height are 0 for the picture as decoded.
  using Key = std::tuple<std::string, std::int64_t, std::int64_t, int, int>;
  struct Item {
    Key key;
    SharedBitmap bitmap;
  };

  SharedBitmap find(const Key& key);
  void keep(const Key& key, const SharedBitmap& bitmap);
  Result<SharedBitmap> load(const Key& key);

  std::size_t most_bytes_;
  mutable std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::list<Item> items_;  // the most recently used first
  std::map<Key, std::list<Item>::iterator> by_key_;
};

}  // namespace stareval::engine
