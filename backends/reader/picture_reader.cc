#include "backends/reader/picture_reader.h"

#include <algorithm>
#include <mutex>
#include <new>
#include <utility>

#include "backends/reader/picture_internal.h"
#include "backends/reader/sight_internal.h"
#include "backends/reader/text_reader_internal.h"

namespace stareval::reader {

struct PictureReader::Parts {
  TextReader text;
};

Result<PictureReader> PictureReader::make() {
  // Once: OpenCV's setter is not safe from several threads. See the header.
  static std::once_flag set;
  std::call_once(set, [] { cv::setNumThreads(1); });
  STAREVAL_TRY(TextReader text, TextReader::make());
  return PictureReader(std::make_unique<Parts>(Parts{std::move(text)}));
}

PictureReader::PictureReader(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
PictureReader::~PictureReader() = default;
PictureReader::PictureReader(PictureReader&&) noexcept = default;
PictureReader& PictureReader::operator=(PictureReader&&) noexcept = default;

namespace {

// Reads each text once: labels repeat within a picture, and reading takes longer than comparing.
class Reading {
 public:
  explicit Reading(TextReader& text) : text_(text) {}

  [[nodiscard]] TextLine read(const cv::Mat& crop) {
    for (const Known& known : known_)
      if (look_alike(known.crop, crop)) return known.line;
    known_.push_back({crop, text_.read(crop)});
    return known_.back().line;
  }

 private:
  struct Known {
    cv::Mat crop;
    TextLine line;
  };

  TextReader& text_;
  std::vector<Known> known_;
};

Box box_of(const cv::Rect& r) { return {r.x, r.y, r.x + r.width, r.y + r.height}; }

ReadNode node_of(const Panel& panel, const Contents& contents, Reading& reading) {
  ReadNode node;
  node.box = box_of(panel.box);
  if (contents.picture) node.picture = box_of(*contents.picture);
  node.confidence = panel.symmetry;
  node.name_confidence = contents.lines.empty() ? 0.0 : 1.0;
  for (const TextBox& line : contents.lines) {
    const TextLine read = reading.read(line.crop);
    if (!node.name.empty() && !read.text.empty()) node.name += ' ';
    node.name += read.text;
    node.name_confidence = std::min(node.name_confidence, read.confidence);
  }
  return node;
}

ReadEdge edge_of(const Label& label, const FoundEdge& found, Reading& reading) {
  ReadEdge edge;
  edge.from = found.from;
  edge.to = found.to;
  for (const cv::Point2d& p : found.path) edge.path.push_back({p.x, p.y});
  edge.confidence = found.confidence;
  const TextLine read = reading.read(label.text.crop);
  edge.label = read.text;
  edge.label_confidence = read.confidence;
  edge.label_box = box_of(label.text.box);
  return edge;
}

Result<ReadGraph> graph_of(std::string_view bytes, TextReader& text) {
  STAREVAL_TRY(const cv::Mat picture, decode_picture(bytes));
  STAREVAL_TRY(const Sight sight, look(picture));
  Reading reading(text);
  ReadGraph graph;
  graph.width = picture.cols;
  graph.height = picture.rows;
  for (std::size_t i = 0; i < sight.nodes.size(); ++i)
    graph.nodes.push_back(node_of(sight.nodes[i], sight.contents[i], reading));
  for (std::size_t i = 0; i < sight.labels.size(); ++i)
    graph.edges.push_back(edge_of(sight.labels[i], sight.edges[i], reading));
  return graph;
}

}  // namespace

Result<ReadGraph> PictureReader::read(std::string_view bytes) {
  try {
    return graph_of(bytes, parts_->text);
  } catch (const std::bad_alloc&) {
    return make_error(ErrorCode::io, "there is not enough memory to read the picture");
  } catch (const cv::Exception& fault) {  // which OpenCV throws for want of memory as well
    return make_error(ErrorCode::io, "OpenCV could not read the picture: {}", fault.err);
  }
}

}  // namespace stareval::reader
