#include "apps/star_eval/read_overlay.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <tuple>

namespace stareval::app {
namespace {

using engine::LegendEntry;
using engine::Mark;
using engine::MarkSign;
using reader::ReadEdge;
using reader::ReadGraph;
using reader::ReadNode;

constexpr std::size_t kNodeHue = 0;
constexpr std::size_t kEdgeHues = engine::kMarkHues - 1;

engine::Rect rect_of(const reader::Box& box) {
  return {static_cast<double>(box.left), static_cast<double>(box.top),
          static_cast<double>(box.right), static_cast<double>(box.bottom)};
}

std::string caption_of(const std::string& text) { return text.empty() ? "?" : text; }

// "87%", rounded down so that what is not sure never looks so; nothing where nothing was read.
std::string letters_note(const std::string& text, double confidence) {
  if (text.empty() || confidence >= kSureLetters) return {};
  return fmt::format("{:.0f}%", std::floor(std::clamp(confidence, 0.0, 1.0) * 100.0));
}

std::string ends_note(const ReadEdge& edge) {
  if (edge.from < 0 && edge.to < 0) return "from ? to ?";
  if (edge.from < 0) return "from ?";
  return edge.to < 0 ? "to ?" : "";
}

bool is_complete(const ReadEdge& edge) { return edge.from >= 0 && edge.to >= 0; }
bool is_dashed(const ReadEdge& edge) { return !is_complete(edge) || edge.confidence < kSureEdge; }
bool is_dashed(const ReadNode& node) { return node.confidence < kSureEdge; }

bool share_a_node(const ReadEdge& a, const ReadEdge& b) {
  const auto is_of_b = [&](int node) { return node >= 0 && (node == b.from || node == b.to); };
  return is_of_b(a.from) || is_of_b(a.to);
}

// The colour that the fewest edges of the same nodes have, of these the one that the fewest edges
// have at all.
std::vector<std::size_t> edge_hues(const std::vector<ReadEdge>& edges) {
  std::vector<std::size_t> hues;
  std::array<std::size_t, kEdgeHues> used{};
  for (const ReadEdge& edge : edges) {
    std::array<std::size_t, kEdgeHues> near{};
    for (std::size_t i = 0; i < hues.size(); ++i)
      if (share_a_node(edge, edges[i])) ++near[hues[i] - 1];
    std::size_t best = 0;
    for (std::size_t hue = 1; hue < kEdgeHues; ++hue)
      if (std::tie(near[hue], used[hue]) < std::tie(near[best], used[best])) best = hue;
    ++used[best];
    hues.push_back(best + 1);
  }
  return hues;
}

Mark mark_of(const ReadNode& node) {
  Mark mark;
  mark.hue = kNodeHue;
  mark.box = rect_of(node.box);
  if (node.picture) mark.inner = rect_of(*node.picture);
  mark.caption = caption_of(node.name);
  mark.note = letters_note(node.name, node.name_confidence);
  mark.dashed = is_dashed(node);
  return mark;
}

Mark mark_of(const ReadEdge& edge, std::size_t hue) {
  Mark mark;
  mark.hue = hue;
  mark.box = rect_of(edge.label_box);
  for (const reader::Point& p : edge.path) mark.path.push_back({p.x, p.y});
  mark.caption = caption_of(edge.label);
  const std::string letters = letters_note(edge.label, edge.label_confidence);
  const std::string ends = ends_note(edge);
  mark.note = letters + (letters.empty() || ends.empty() ? "" : ", ") + ends;
  mark.framed = true;
  mark.dashed = is_dashed(edge);
  return mark;
}

std::string counted(std::size_t n, const char* what) {
  return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

template <typename Items, typename Condition>
std::size_t count_where(const Items& items, Condition condition) {
  return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), condition));
}

std::size_t pictures_in(const ReadGraph& graph) {
  return count_where(graph.nodes, [](const ReadNode& node) { return node.picture.has_value(); });
}

}  // namespace

std::vector<Mark> overlay_marks(const ReadGraph& graph) {
  std::vector<Mark> marks;
  for (const ReadNode& node : graph.nodes) marks.push_back(mark_of(node));
  const std::vector<std::size_t> hues = edge_hues(graph.edges);
  for (std::size_t i = 0; i < hues.size(); ++i) marks.push_back(mark_of(graph.edges[i], hues[i]));
  return marks;
}

std::vector<LegendEntry> overlay_legend(const ReadGraph& graph) {
  std::vector<LegendEntry> legend;
  if (!graph.nodes.empty())
    legend.push_back({MarkSign::box, kNodeHue, "node, with its name as read"});
  if (pictures_in(graph) > 0) legend.push_back({MarkSign::inner, kNodeHue, "its picture"});
  if (!graph.edges.empty()) legend.push_back({MarkSign::path, 1, "arrow, with its label as read"});
  const auto dashed = [](const auto& item) { return is_dashed(item); };
  if (count_where(graph.nodes, dashed) + count_where(graph.edges, dashed) > 0)
    legend.push_back({MarkSign::dashed, 1, "unsure, or an end not found"});
  const bool has_numbers =
      std::any_of(
          graph.nodes.begin(), graph.nodes.end(),
          [](const ReadNode& n) { return !letters_note(n.name, n.name_confidence).empty(); }) ||
      std::any_of(graph.edges.begin(), graph.edges.end(), [](const ReadEdge& e) {
        return !letters_note(e.label, e.label_confidence).empty();
      });
  if (has_numbers)
    legend.push_back({MarkSign::none, 0, "%: confidence of the letters, where below 90%"});
  return legend;
}

std::string read_summary(const ReadGraph& graph) {
  std::string text = counted(graph.nodes.size(), "node");
  if (const std::size_t pictures = pictures_in(graph); pictures > 0)
    text += fmt::format(", {} with a picture", pictures);
  text += ", " + counted(graph.edges.size(), "edge");
  const std::size_t open =
      count_where(graph.edges, [](const ReadEdge& edge) { return !is_complete(edge); });
  if (open > 0) text += fmt::format(", {} of them without both ends", open);
  return text;
}

}  // namespace stareval::app
