#include "engine/draw/graphviz.h"

#include <fmt/format.h>
#include <gvc.h>

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <string>

namespace stareval::engine {
namespace {

// Graphviz counts lengths in points, and sizes of nodes, gaps and pictures in inches. A pixel is
// given as a point.
constexpr double kPointsPerInch = 72.0;

// Space around the drawing, in pixels at zoom 1.
constexpr double kMargin = 30.0;

// Between a line and the label beside it.
constexpr double kLabelGap = 4.0;

std::string inches(double px) { return fmt::format("{:.6f}", px / kPointsPerInch); }

// What Graphviz had to say of the layout in progress.
std::string& complaints() {
  static std::string text;
  return text;
}

int collect(char* message) {
  complaints() += message;
  return 0;
}

// The one context of the process; used under mutex(), and never given back, since its plug-ins
// can't be unloaded.
GVC_t* context() {
  static GVC_t* const one = [] {
    agseterrf(collect);
    return gvContext();
  }();
  return one;
}

std::mutex& mutex() {
  static std::mutex one;
  return one;
}

// The Graphviz calls want strings that they could write to, and don't.
char* text(const std::string& s) { return const_cast<char*>(s.c_str()); }  // NOLINT

// A graph that is being laid out.
class Drawing {
 public:
  explicit Drawing(const LayoutInput& input)
      : input_(input), graph_(agopen(text("g"), Agdirected, nullptr)) {
    for (const char* name : {"shape", "label", "width", "height", "fixedsize"})
      agattr(graph_, AGNODE, text(name), text(""));
    for (const char* name : {"dir", "headclip", "tailclip", "label", "len"})
      agattr(graph_, AGEDGE, text(name), text(""));
  }
  ~Drawing() {
    if (laid_out_) gvFreeLayout(context(), graph_);
    agclose(graph_);
  }
  Drawing(const Drawing&) = delete;
  Drawing& operator=(const Drawing&) = delete;

  void set(const char* name, const std::string& value) {
    agattr(graph_, AGRAPH, text(name), text(value));
  }

  // Nodes are numbered in the order in which they are added.
  void add_node(Size size) {
    Agnode_t* node = agnode(graph_, text(std::to_string(nodes_.size())), 1);
    agset(node, text("shape"), text("box"));
    agset(node, text("fixedsize"), text("true"));
    agset(node, text("width"), text(inches(size.width)));
    agset(node, text("height"), text(inches(size.height)));
    nodes_.push_back(node);
  }

  Agedge_t* add_edge(std::size_t from, std::size_t to) {
    Agedge_t* edge =
        agedge(graph_, nodes_[from], nodes_[to], text(std::to_string(edge_count_++)), 1);
    for (const char* name : {"headclip", "tailclip"}) agset(edge, text(name), text("false"));
    agset(edge, text("dir"), text("none"));
    return edge;
  }

  // Room for a label, without text: a table of one cell.
  void reserve(Agedge_t* edge, Size size) {
    const std::string table = fmt::format(
        R"(<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"><TR><TD FIXEDSIZE="TRUE" WIDTH="{}" HEIGHT="{}"></TD></TR></TABLE>)",
        static_cast<int>(size.width), static_cast<int>(size.height));
    char* html = agstrdup_html(graph_, text(table));
    agset(edge, text("label"), html);
    agstrfree(graph_, html);
  }

  Result<void> lay_out(const char* engine) {
    complaints().clear();
    laid_out_ = gvLayout(context(), graph_, engine) == 0;
    if (laid_out_) return {};
    return make_error(ErrorCode::bad_data,
                      "graphviz: {} cannot lay out {} nodes: {}; is the package libgvc6 complete?",
                      engine, input_.nodes.size(), complaints());
  }

  [[nodiscard]] Point centre(std::size_t node) const { return upright(ND_coord(nodes_[node])); }

  [[nodiscard]] static Point label_centre(Agedge_t* edge) {
    return ED_label(edge) == nullptr ? Point{} : upright(ED_label(edge)->pos);
  }

  // The curves of an edge in its direction; none where it was not routed.
  [[nodiscard]] std::vector<Cubic> route(Agedge_t* edge) const {
    std::vector<Cubic> path;
    const splines* all = ED_spl(edge);
    if (all == nullptr || all->size == 0) return path;
    const bezier& b = all->list[0];
    for (int i = 0; i + 3 < b.size; i += 3)
      path.push_back({{upright(b.list[i]), upright(b.list[i + 1]), upright(b.list[i + 2]),
                       upright(b.list[i + 3])}});
    return path;
  }

 private:
  static Point upright(pointf p) { return {p.x, -p.y}; }

  const LayoutInput& input_;
  graph_t* graph_;
  std::vector<Agnode_t*> nodes_;
  int edge_count_ = 0;
  bool laid_out_ = false;
};

const char* rank_direction(Direction direction) {
  switch (direction) {
    case Direction::down: return "TB";
    case Direction::right: return "LR";
    case Direction::up: return "BT";
    case Direction::left: return "RL";
  }
  return "TB";
}

bool is_loop(const Link& link) { return link.from == link.to; }

// Links that close a cycle on a walk in depth from nodes that nothing leads to. They are laid out
// against their direction; otherwise, dot would turn only one half of a link with a stop.
class BackLinks {
 public:
  explicit BackLinks(const LayoutInput& input)
      : input_(input), state_(input.nodes.size()), back_(input.links.size()) {
    std::vector<bool> led_to(input.nodes.size());
    for (const Link& link : input.links)
      if (!is_loop(link)) led_to[static_cast<std::size_t>(link.to)] = true;
    for (const bool second_round : {false, true})
      for (std::size_t v = 0; v < state_.size(); ++v)
        if (second_round || !led_to[v]) walk(v);
  }

  [[nodiscard]] bool operator[](std::size_t link) const { return back_[link]; }

 private:
  enum class State { unseen, on_the_way, done };

  void walk(std::size_t v) {
    if (state_[v] != State::unseen) return;
    state_[v] = State::on_the_way;
    for (std::size_t e = 0; e < input_.links.size(); ++e) {
      if (static_cast<std::size_t>(input_.links[e].from) != v) continue;
      const auto next = static_cast<std::size_t>(input_.links[e].to);
      back_[e] = state_[next] == State::on_the_way;
      walk(next);
    }
    state_[v] = State::done;
  }

  const LayoutInput& input_;
  std::vector<State> state_;
  std::vector<bool> back_;
};

struct DotEdge {
  Agedge_t* first = nullptr;   // null of a self-loop, which is left to the caller: dot's are flat
  Agedge_t* second = nullptr;  // where the label is a stop on the way
  std::size_t stop = 0;
  bool back = false;  // laid out against its direction
};

DotEdge add_dot_edge(Drawing& drawing, const LayoutInput& input, const Link& link, bool back,
                     std::size_t& nodes) {
  DotEdge edge;
  if (is_loop(link)) return edge;
  edge.back = back;
  const auto from = static_cast<std::size_t>(back ? link.to : link.from);
  const auto to = static_cast<std::size_t>(back ? link.from : link.to);
  if (link.label.width > 0.0 && input.label_place == LabelPlace::on_line) {
    edge.stop = nodes++;
    drawing.add_node(link.label);
    edge.first = drawing.add_edge(from, edge.stop);
    edge.second = drawing.add_edge(edge.stop, to);
    return edge;
  }
  edge.first = drawing.add_edge(from, to);
  if (link.label.width > 0.0) {
    const double gap = 2.0 * kLabelGap * input.zoom;  // on both sides: it stands in the middle
    drawing.reserve(edge.first, {link.label.width + gap, link.label.height + gap});
  }
  return edge;
}

// Two curves that meet at a stop, or next to it, do so there and in one direction.
void join(Cubic& before, Cubic& after, Point stop) {
  before.p[3] = after.p[0] = stop;
  const Point in = before.p[3] - before.p[2];
  const Point out = after.p[1] - after.p[0];
  const Point along = unit(unit(in) + unit(out));
  before.p[2] = before.p[3] - along * length(in);
  after.p[1] = after.p[0] + along * length(out);
}

void reverse(std::vector<Cubic>& path) {
  std::reverse(path.begin(), path.end());
  for (Cubic& piece : path) std::reverse(piece.p.begin(), piece.p.end());
}

GraphvizRoute read_route(const Drawing& drawing, const DotEdge& edge) {
  GraphvizRoute route;
  if (edge.first == nullptr) return route;
  route.path = drawing.route(edge.first);
  route.label = Drawing::label_centre(edge.first);
  if (edge.second != nullptr) {
    auto rest = drawing.route(edge.second);
    route.label = drawing.centre(edge.stop);
    if (!route.path.empty() && !rest.empty()) join(route.path.back(), rest.front(), route.label);
    route.path.insert(route.path.end(), rest.begin(), rest.end());
  }
  if (edge.back) reverse(route.path);
  return route;
}

GraphvizLayout read_nodes(const Drawing& drawing, std::size_t count) {
  GraphvizLayout layout;
  for (std::size_t v = 0; v < count; ++v) layout.nodes.push_back(drawing.centre(v));
  return layout;
}

// Length at which an edge shows its label, its head and some line.
double wanted_length(const LayoutInput& input, const Link& link) {
  const auto half = [&](int v) {
    const Size size = input.nodes[static_cast<std::size_t>(v)];
    return (size.width + size.height) * 0.25;
  };
  return half(link.from) + half(link.to) + link.label.width * 0.8 + 56.0 * input.zoom;
}

}  // namespace

Result<GraphvizLayout> graphviz_dot(const LayoutInput& input) {
  const std::lock_guard lock(mutex());
  Drawing drawing(input);
  const double margin = 2.0 * kMargin * input.zoom;
  drawing.set("rankdir", rank_direction(input.direction));
  drawing.set("nodesep", inches(26.0 * input.zoom));
  drawing.set("ranksep", inches(30.0 * input.zoom));
  drawing.set("ratio", "fill");
  drawing.set("size", fmt::format("{},{}", inches(input.canvas.width - margin),
                                  inches(input.canvas.height - margin)));
  for (const Size& size : input.nodes) drawing.add_node(size);
  std::size_t nodes = input.nodes.size();
  std::vector<DotEdge> edges;
  const BackLinks back(input);
  for (std::size_t e = 0; e < input.links.size(); ++e)
    edges.push_back(add_dot_edge(drawing, input, input.links[e], back[e], nodes));
  STAREVAL_CHECK(drawing.lay_out("dot"));
  GraphvizLayout layout = read_nodes(drawing, input.nodes.size());
  for (const DotEdge& edge : edges) layout.routes.push_back(read_route(drawing, edge));
  return layout;
}

Result<GraphvizLayout> graphviz_nodes(const LayoutInput& input, LayoutEngine engine,
                                      std::uint64_t seed) {
  const std::lock_guard lock(mutex());
  Drawing drawing(input);
  // Not "mindist", "root" or "articulation_pos": circo of Graphviz 2.43 keeps what it found of them
  // from one graph to the next at the same address, which by then is gone.
  drawing.set("start", std::to_string(seed % 1000000));
  drawing.set("splines", "line");
  drawing.set("overlap", "true");
  for (const Size& size : input.nodes) drawing.add_node(size);
  for (const Link& link : input.links) {
    if (is_loop(link)) continue;
    Agedge_t* edge =
        drawing.add_edge(static_cast<std::size_t>(link.from), static_cast<std::size_t>(link.to));
    agset(edge, text("len"), text(inches(wanted_length(input, link))));
  }
  STAREVAL_CHECK(drawing.lay_out(engine == LayoutEngine::circo ? "circo" : "neato"));
  return read_nodes(drawing, input.nodes.size());
}

}  // namespace stareval::engine
