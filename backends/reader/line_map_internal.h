// The lines between panels, and how to follow one.
// Thread  a LineMap is for one thread at a time: it counts how far was looked in all.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace stareval::reader {

using Path = std::vector<cv::Point2d>;

// A line followed to its end.
struct Trail {
  Path path;         // from where it was started
  int node = -1;     // the index of the panel at its end; -1: the line was lost
  double inked = 0;  // part of the way that ran on ink
};

class LineMap {
 public:
  // `ink`: CV_8UC1, how dark the lines are, 0 elsewhere. `nodes`: CV_16SC1, 1 + the index of a node
  // where it is, with a rim; 0 elsewhere. `zones`: CV_8UC1, 255 where labels cover the lines.
  // `glyph`: the height of letters, by which gaps and heads of arrows are measured.
  LineMap(cv::Mat ink, cv::Mat nodes, cv::Mat zones, int glyph);

  // 0 to 1; 0 outside of the picture.
  [[nodiscard]] double ink_at(cv::Point2d p) const;
  [[nodiscard]] bool in_zone(cv::Point2d p) const;
  [[nodiscard]] int node_at(cv::Point2d p) const;  // -1 where there is none
  [[nodiscard]] int glyph() const { return glyph_; }
  [[nodiscard]] cv::Size size() const { return ink_.size(); }

  // From `start` in the direction `way` (of length 1), over gaps, crossings and labels, as straight
  // as the line allows, to a node.
  // Lost at once where all walks before have looked at more pixels than a large graph needs.
  [[nodiscard]] Trail follow(cv::Point2d start, cv::Point2d way) const;

  // How much the end of a path looks like the head of an arrow: ink beside the line, on both sides
  // alike, in heights of letters squared. The path ends at a node.
  [[nodiscard]] double head_at_end(const Path& path) const;

 private:
  [[nodiscard]] double ink_beside(cv::Point2d p, cv::Point2d way) const;
  [[nodiscard]] double ray(cv::Point2d from, cv::Point2d way, double length) const;

  cv::Mat ink_;
  cv::Mat nodes_;
  cv::Mat zones_;
  int glyph_;
  mutable double looked_ = 0;  // pixels, by all walks
};

}  // namespace stareval::reader
