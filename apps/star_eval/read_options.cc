#include "apps/star_eval/read_options.h"

#include <system_error>

#include "libstareval/base/file.h"

namespace stareval::app {
namespace {

namespace fs = std::filesystem;

// Also where one of them does not exist yet.
bool is_same_file(const fs::path& a, const fs::path& b) {
  std::error_code ignored;
  if (fs::equivalent(a, b, ignored)) return true;
  return fs::weakly_canonical(a, ignored) == fs::weakly_canonical(b, ignored);
}

// Before anything is read: what is to be written must find its place.
Result<void> check_place(const char* option, const fs::path& file, const fs::path& image) {
  if (file.empty()) return {};
  if (is_same_file(file, image))
    return make_error(ErrorCode::usage,
                      "--{}: {} is the picture itself, which would be lost; name another file",
                      option, file.string());
  std::error_code ignored;
  if (fs::is_directory(file, ignored))
    return make_error(ErrorCode::usage, "--{}: {} is a folder; expected the name of a file", option,
                      file.string());
  const fs::path folder = file.has_parent_path() ? file.parent_path() : ".";
  if (!fs::is_directory(folder, ignored))
    return make_error(ErrorCode::io, "--{}: there is no folder {}; make it, or name another file",
                      option, folder.string());
  return {};
}

}  // namespace

OptionParser make_read_parser() {
  OptionParser parser(
      "star-eval read IMAGE [OPTIONS]",
      "  star-eval read picture.png                                   the graph as JSON\n"
      "  star-eval read picture.png --overlay seen.png --out graph.json\n"
      "  star-eval read picture.png --quiet | jq -r '.nodes[].name'\n\n"
      "IMAGE is a PNG, JPEG or WebP file. Classical vision reads it, and Tesseract's network\n"
      "the letters: no language model, nothing is sent. In the overlay each box and each arrow\n"
      "that was seen is drawn on top of the picture, with the text as it was read, so that you\n"
      "see what was missed or misread.\n");
  parser.add()("image", po::value<std::string>(), "");
  parser.add()("overlay", po::value<std::string>()->value_name("FILE"),
               "write the picture there as PNG, with what was seen drawn on top");
  parser.add()("out", po::value<std::string>()->value_name("FILE"),
               "write the JSON there (default: stdout)");
  parser.add()("quiet", "no summary");
  parser.positional("image", 1);
  return parser;
}

Result<ReadOptions> parse_read_options(const OptionParser& parser) {
  if (parser.text("image").empty())
    return make_error(ErrorCode::usage, "read: name a picture: star-eval read picture.png");
  ReadOptions options;
  options.image = parser.text("image");
  options.overlay = parser.text("overlay");
  options.out = parser.text("out");
  options.quiet = parser.has("quiet");
  STAREVAL_CHECK(check_place("overlay", options.overlay, options.image));
  STAREVAL_CHECK(check_place("out", options.out, options.image));
  if (!options.out.empty() && !options.overlay.empty() &&
      is_same_file(options.out, options.overlay))
    return make_error(ErrorCode::usage, "--out and --overlay both name {}; name two files",
                      options.out.string());
  return options;
}

}  // namespace stareval::app
