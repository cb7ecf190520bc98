#include "engine/sample_scene.h"

#include <map>
#include <string>
#include <utility>

#include "engine/draw/draw.h"
#include "engine/draw/style.h"
#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"

namespace stareval::engine {
namespace {

namespace fs = std::filesystem;

// Styles tried for one sample. draw_scene itself tries several layouts with each.
constexpr std::uint64_t kStyles = 8;

SceneNode node_of(const KnowledgeGraph& graph, const Entity& entity) {
  SceneNode node{entity.name, std::nullopt};
  if (const auto id = graph.find_entity(entity.name); id && entity.picture)
    node.image_path = graph.entity(*id).image.string();
  return node;
}

std::uint64_t picture_seed(const Sample& sample) {
  const json::value* seed = sample.meta.if_contains("seed");
  return seed == nullptr ? 0 : seed->to_number<std::uint64_t>();
}

struct Drawn {
  Picture picture;
  json::object style;
};

Result<Drawn> draw_once(const KnowledgeGraph& graph, StyleSet styles, const Sample& sample,
                        Random random) {
  const Style style = sample_style(styles, random);
  const Scene scene = scene_of(graph, sample, random);
  STAREVAL_TRY(Picture picture, draw_scene(scene, style, random.next()));
  json::object about = describe(style);
  about["engine"] = to_string(picture.engine);  // what placed the nodes in the end
  return Drawn{std::move(picture), std::move(about)};
}

Result<Drawn> draw(const KnowledgeGraph& graph, StyleSet styles, const Sample& sample) {
  const Random random(picture_seed(sample));
  for (std::uint64_t i = 0;; ++i) {
    auto drawn = draw_once(graph, styles, sample, random.fork(i));
    if (drawn || i + 1 == kStyles || drawn.error().code == ErrorCode::io) return drawn;
  }
}

}  // namespace

Scene scene_of(const KnowledgeGraph& graph, const Sample& sample, Random& random) {
  Graph drawn = drawn_graph(sample);
  random.shuffle(drawn.entities);
  random.shuffle(drawn.triples);
  Scene scene;
  std::map<std::string, int> number;
  for (const Entity& entity : drawn.entities) {
    number.emplace(entity.name, static_cast<int>(scene.nodes.size()));
    scene.nodes.push_back(node_of(graph, entity));
  }
  for (const Triple& triple : drawn.triples)
    scene.edges.push_back({number.at(triple.head), number.at(triple.tail), triple.relation});
  return scene;
}

Result<void> draw_sample(const KnowledgeGraph& graph, StyleSet styles, const fs::path& file,
                         const std::string& path, Sample& sample) {
  auto drawn = draw(graph, styles, sample);
  if (!drawn)
    return make_error(drawn.error().code, "sample {}: {}", sample.id, drawn.error().message);
  const Picture& picture = drawn->picture;
  STAREVAL_CHECK(write_file(file, picture.png));
  sample.images = {{path, sha256(picture.png), picture.width, picture.height}};
  sample.meta["style"] = std::move(drawn->style);
  return {};
}

}  // namespace stareval::engine
