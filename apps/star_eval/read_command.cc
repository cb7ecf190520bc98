// star-eval read: the graph that a picture shows, and what was seen drawn on top of it.
#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "apps/star_eval/command.h"
#include "apps/star_eval/read_options.h"
#include "apps/star_eval/read_overlay.h"
#include "engine/draw/picture_decoder.h"
#include "engine/draw/png_writer.h"
#include "libstareval/base/file.h"
#include "libstareval/base/json.h"
#if STAREVAL_HAS_READER
#include "backends/reader/picture_reader.h"
#endif

namespace stareval::app {

#if STAREVAL_HAS_READER
namespace {

Result<reader::ReadGraph> graph_of(const std::string& bytes, const std::string& name) {
  STAREVAL_TRY(reader::PictureReader reader, reader::PictureReader::make());
  auto graph = reader.read(bytes);
  if (graph.has_error())
    return make_error(graph.error().code, "{}: {}", name, graph.error().message);
  return graph;
}

Result<void> write_overlay(const reader::ReadGraph& graph, const std::string& bytes,
                           const ReadOptions& options) {
  STAREVAL_TRY(const engine::Bitmap picture,
               engine::decode_whole_picture(bytes, options.image.string()));
  STAREVAL_TRY(const engine::Bitmap drawn,
               engine::annotated(picture, overlay_marks(graph), overlay_legend(graph)));
  engine::IndexedPicture indexed;
  engine::quantise(drawn, indexed);
  return write_file_atomic(options.overlay, engine::encode_png(indexed));
}

Result<void> write_graph(const reader::ReadGraph& graph, const ReadOptions& options) {
  json::object out{{"schema", "stareval.read/1"}};
  for (auto& field : reader::to_json_object(graph)) out[field.key()] = field.value();
  const std::string text = to_pretty_json(out);
  if (!options.out.empty()) return write_file_atomic(options.out, text);
  fmt::print("{}", text);
  return {};
}

void print_summary(const reader::ReadGraph& graph, const ReadOptions& options) {
  std::string line = read_summary(graph);
  if (!options.out.empty()) line += "; graph " + options.out.string();
  if (!options.overlay.empty()) line += "; overlay " + options.overlay.string();
  fmt::print(stderr, "{}\n", line);
}

// Not to fill the memory with what is refused later.
Result<void> check_size(const std::filesystem::path& image) {
  std::error_code unknown;
  const auto size = std::filesystem::file_size(image, unknown);
  if (unknown || size <= engine::kMostPictureBytes) return {};
  return make_error(ErrorCode::bad_data, "{}: {} bytes; expected a picture of at most {}",
                    image.string(), size, engine::kMostPictureBytes);
}

Result<int> read(const ReadOptions& options) {
  STAREVAL_CHECK(check_size(options.image));
  STAREVAL_TRY(const std::string bytes, read_file(options.image));
  STAREVAL_TRY(const reader::ReadGraph graph, graph_of(bytes, options.image.string()));
  // The overlay first: who gets the JSON has all that was asked for.
  if (!options.overlay.empty()) STAREVAL_CHECK(write_overlay(graph, bytes, options));
  STAREVAL_CHECK(write_graph(graph, options));
  if (!options.quiet) print_summary(graph, options);
  return kSuccess;
}

}  // namespace
#endif

Result<int> read_command(const Arguments& arguments) {
  OptionParser parser = make_read_parser();
  STAREVAL_CHECK(parser.parse(arguments));
  if (parser.help()) return kSuccess;
  STAREVAL_TRY(const ReadOptions options, parse_read_options(parser));
#if STAREVAL_HAS_READER
  return read(options);
#else
  return make_error(
      ErrorCode::usage,
      "read: {}: this star-eval was built without the reader; install the Debian "
      "packages libopencv-imgproc-dev, libtesseract-dev, libpng-dev, libturbojpeg0-dev, "
      "libwebp-dev and tesseract-ocr-eng, and build it again with -DSTAREVAL_BUILD_READER=ON",
      options.image.string());
#endif
}

}  // namespace stareval::app
