#include "engine/draw/draw.h"

#include "engine/draw/find_layout.h"
#include "engine/draw/png_writer.h"
#include "engine/draw/quantise.h"
#include "engine/draw/render.h"

namespace stareval::engine {
namespace {

// Large buffers, kept by each thread: fresh ones cost more than a tenth of the time of a picture.
struct Buffers {
  Bitmap bitmap;
  IndexedPicture indexed;
};

Buffers& buffers_of_this_thread() {
  thread_local Buffers buffers;
  return buffers;
}

}  // namespace

Result<Picture> draw_scene(const Scene& scene, const Style& style, std::uint64_t seed) {
  STAREVAL_TRY(const FoundLayout found, find_layout(scene, style, seed));
  Buffers& buffers = buffers_of_this_thread();
  render(found.measured, found.layout, style, buffers.bitmap);
  quantise(buffers.bitmap, buffers.indexed);
  Picture picture;
  picture.png = encode_png(buffers.indexed);
  picture.width = found.layout.width;
  picture.height = found.layout.height;
  picture.tries = found.tries;
  picture.engine = found.engine;
  for (const NodePlace& node : found.layout.nodes) picture.node_boxes.push_back(node.box);
  for (const EdgePlace& edge : found.layout.edges) picture.label_boxes.push_back(edge.label);
  return picture;
}

}  // namespace stareval::engine
