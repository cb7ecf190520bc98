#include "engine/graph/load_graph.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "engine/graph/graph_builder.h"
#include "engine/graph/name_triples.h"
#include "engine/graph/ntriples.h"
#include "engine/graph/openke.h"
#include "engine/graph/pictures.h"
#include "engine/graph/readable.h"
#include "engine/graph/visualsem.h"
#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"
#include "libstareval/data/locations.h"

namespace stareval::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<GraphFormat, std::string_view>, 6> kFormats{
    {{GraphFormat::automatic, "auto"},
     {GraphFormat::folder, "folder"},
     {GraphFormat::openke, "openke"},
     {GraphFormat::names, "names"},
     {GraphFormat::visualsem, "visualsem"},
     {GraphFormat::ntriples, "ntriples"}}};

constexpr std::array<std::string_view, 3> kOpenKeSplits{"train2id.txt", "valid2id.txt",
                                                        "test2id.txt"};
constexpr std::array<std::string_view, 8> kNameSplits{"train.txt", "train.tsv", "valid.txt",
                                                      "valid.tsv", "dev.txt",   "dev.tsv",
                                                      "test.txt",  "test.tsv"};
constexpr const char* kEntityText = "entity2text.txt";

bool is_folder(const fs::path& path) {
  std::error_code failure;
  return fs::is_directory(path, failure);
}

// What a folder holds of the given names, in their order.
std::vector<fs::path> present(const fs::path& folder, std::span<const std::string_view> names) {
  std::vector<fs::path> paths;
  for (const std::string_view name : names)
    if (file_exists(folder / name)) paths.push_back(folder / name);
  return paths;
}

// A path itself, or the .nt files of a folder, by name.
std::vector<fs::path> ntriples_files(const fs::path& path) {
  if (!is_folder(path)) return {path};
  std::vector<fs::path> files;
  std::error_code failure;
  for (fs::directory_iterator at(path, failure), end; !failure && at != end; at.increment(failure))
    if (at->path().extension() == ".nt") files.push_back(at->path());
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<fs::path> name_files(const fs::path& path) {
  return is_folder(path) ? present(path, kNameSplits) : std::vector<fs::path>{path};
}

Result<GraphFormat> recognise(const fs::path& path) {
  if (!is_folder(path))
    return path.extension() == ".nt" ? GraphFormat::ntriples : GraphFormat::names;
  if (file_exists(path / "graph.json")) return GraphFormat::folder;
  if (file_exists(path / "entity2id.txt")) return GraphFormat::openke;
  if (file_exists(path / "tuples.v2.json")) return GraphFormat::visualsem;
  if (!name_files(path).empty()) return GraphFormat::names;
  if (!ntriples_files(path).empty()) return GraphFormat::ntriples;
  return make_error(ErrorCode::io,
                    "{}: expected a graph (graph.json, entity2id.txt, tuples.v2.json, train.txt or "
                    ".nt files), found none of these; name the folder that holds them",
                    path.string());
}

// The files of a graph: their texts, as long as they are needed, and the digest of all.
class Files {
 public:
  [[nodiscard]] Result<SourceText> read(const fs::path& path) {
    STAREVAL_TRY(std::string text, read_file(path));
    digest_.update(sha256(text));
    texts_.push_back(std::move(text));
    return SourceText{path.string(), texts_.back()};
  }

  [[nodiscard]] Result<std::vector<SourceText>> read_all(const std::vector<fs::path>& paths) {
    std::vector<SourceText> files;
    for (const fs::path& path : paths) {
      STAREVAL_TRY(SourceText file, read(path));
      files.push_back(std::move(file));
    }
    return files;
  }

  void free_texts() { texts_.clear(); }
  [[nodiscard]] std::string digest() { return digest_.finish(); }

 private:
  std::deque<std::string> texts_;  // a deque never moves what the views point into
  Sha256 digest_;
};

Error no_triples(const fs::path& folder, std::span<const std::string_view> names) {
  return make_error(ErrorCode::io, "{}: expected triples in {}, found none of these files",
                    folder.string(), fmt::join(names, ", "));
}

Result<void> load_openke(const fs::path& folder, Files& files, GraphBuilder& builder) {
  OpenKeTexts texts;
  STAREVAL_TRY(texts.entities, files.read(folder / "entity2id.txt"));
  STAREVAL_TRY(texts.relations, files.read(folder / "relation2id.txt"));
  STAREVAL_TRY(texts.triples, files.read_all(present(folder, kOpenKeSplits)));
  if (texts.triples.empty()) return no_triples(folder, kOpenKeSplits);
  if (file_exists(folder / kEntityText)) {
    STAREVAL_TRY(texts.names, files.read(folder / kEntityText));
  }
  read_openke(texts, builder);
  return {};
}

Result<void> load_names(const fs::path& path, Files& files, GraphBuilder& builder) {
  const std::vector<fs::path> paths = name_files(path);
  if (paths.empty()) return no_triples(path, kNameSplits);
  STAREVAL_TRY(const std::vector<SourceText> texts, files.read_all(paths));
  for (const SourceText& text : texts) read_name_triples(text, builder);
  const fs::path names = path / kEntityText;
  if (!is_folder(path) || !file_exists(names)) return {};
  STAREVAL_TRY(const SourceText text, files.read(names));
  read_names(text, builder);
  return {};
}

Result<void> load_visualsem(const fs::path& folder, const fs::path& pictures, Files& files,
                            GraphBuilder& builder) {
  const fs::path images = pictures.empty() ? folder / "images" : pictures;
  FindPicture find;
  if (is_folder(images))
    find = [&](std::string_view hash) { return find_hashed_picture(images, hash); };
  STAREVAL_TRY(const SourceText nodes, files.read(folder / "nodes.v2.json"));
  STAREVAL_CHECK(read_visualsem_nodes(nodes, find, builder));
  files.free_texts();
  STAREVAL_TRY(const SourceText tuples, files.read(folder / "tuples.v2.json"));
  return read_visualsem_tuples(tuples, builder);
}

Result<void> load_ntriples(const fs::path& path, Files& files, GraphBuilder& builder) {
  STAREVAL_TRY(const std::vector<SourceText> texts, files.read_all(ntriples_files(path)));
  read_ntriples(texts, builder);
  return {};
}

Result<void> load_texts(GraphFormat format, const fs::path& path, const fs::path& pictures,
                        Files& files, GraphBuilder& builder) {
  if (format == GraphFormat::openke) return load_openke(path, files, builder);
  if (format == GraphFormat::visualsem) return load_visualsem(path, pictures, files, builder);
  if (format == GraphFormat::ntriples) return load_ntriples(path, files, builder);
  return load_names(path, files, builder);
}

// Of a folder its name, of a file its name without the extension.
std::string graph_name(const fs::path& path) {
  std::error_code failure;
  fs::path whole = fs::absolute(path, failure).lexically_normal();
  if (whole.filename().empty()) whole = whole.parent_path();
  return clean_text((is_folder(path) ? whole.filename() : whole.stem()).string()).text;
}

Result<LoadedGraph> load_foreign(GraphFormat format, const fs::path& path,
                                 const LoadOptions& options) {
  GraphBuilder builder(std::string(to_string(format)), options.keep_self_loops);
  Files files;
  STAREVAL_CHECK(load_texts(format, path, options.pictures, files, builder));
  if (!options.pictures.empty()) {
    STAREVAL_TRY(const PictureFolder pictures, PictureFolder::open(options.pictures));
    builder.find_images(pictures);
  }
  files.free_texts();
  GraphInfo info;
  info.name = graph_name(path);
  info.version = "1";
  info.digest = files.digest();
  return std::move(builder).finish(std::move(info), path.string());
}

}  // namespace

std::string_view to_string(GraphFormat format) {
  return std::find_if(kFormats.begin(), kFormats.end(),
                      [&](const auto& known) { return known.first == format; })
      ->second;
}

Result<GraphFormat> parse_graph_format(std::string_view name) {
  for (const auto& [format, known] : kFormats)
    if (known == name) return format;
  return make_error(ErrorCode::usage,
                    "expected a format of graphs (auto, folder, openke, names, visualsem or "
                    "ntriples), found \"{}\"",
                    name);
}

Result<LoadedGraph> load_graph(const fs::path& name_or_path, const LoadOptions& options) {
  STAREVAL_TRY(const fs::path path, find_graph(name_or_path.string()));
  GraphFormat format = options.format;
  if (format == GraphFormat::automatic) {
    STAREVAL_TRY(format, recognise(path));
  }
  if (format == GraphFormat::folder) return load_graph_folder(path, options);
  return load_foreign(format, path, options);
}

Result<fs::path> find_graph(const std::string& name_or_path) {
  std::error_code failure;
  if (fs::is_regular_file(name_or_path, failure)) return fs::path(name_or_path);
  return find_data("graphs", name_or_path);
}

}  // namespace stareval::engine
