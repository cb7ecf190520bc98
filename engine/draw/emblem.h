// Emblems: small made pictures that stand for those of entities in graphs that have none
// (FB15K-237, MKG-Y), so that pictures can be shown and counted. A pattern of squares, mirrored
// left and right, in one colour on a light ground; what it looks like follows from the key alone.
// Input   a key, for example the id of an entity; any bytes.
// Output  96 x 96 pixels, opaque.
// Thread  pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/draw/bitmap.h"

namespace stareval::engine {

[[nodiscard]] Bitmap draw_emblem(std::string_view key);

// The name under which PictureStore gives an emblem in place of a file, and the key of such a name.
[[nodiscard]] std::string emblem_path(std::string_view key);
[[nodiscard]] std::optional<std::string_view> emblem_key(std::string_view path);

}  // namespace stareval::engine
