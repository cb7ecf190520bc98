// What stands in a panel: letters, and pieces of a picture.
// Thread  values and pure functions.
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <vector>

#include "backends/reader/components_internal.h"
#include "backends/reader/panels_internal.h"

namespace stareval::reader {

// What differs from a panel's fill within its border, in coordinates of its box.
struct Marks {
  cv::Mat distance;                // CV_8UC1: from the fill; 0 outside of the border
  Components parts;                // letters, and dark pieces of pictures
  Components tinted;               // pictures as a whole, also light ones
  Components faint;                // very light ones; none where the panel has more than one colour
  std::vector<cv::Vec3b> colours;  // of the darkest pixel of each part
};

[[nodiscard]] Marks marks_of(const cv::Mat& picture, const Panel& panel);

// Lines of text, from top to bottom. `glyph`: the median height of letters. Letters of a line have
// nearly equal centres; dots, accents and the like go with the nearest line.
[[nodiscard]] std::vector<cv::Rect> lines_of(std::vector<Component> letters, int glyph);

// The colour of the letters in each panel: that of most marks in panels of the same fill.
[[nodiscard]] std::vector<cv::Vec3b> letter_colours(const std::vector<Panel>& panels,
                                                    const std::vector<Marks>& marks, int glyph);

// The picture that a panel shows, if any: a large mark, close pieces that do not stand in lines, or
// marks of another colour than the letters.
[[nodiscard]] std::optional<cv::Rect> picture_in(const Panel& panel, const Marks& marks,
                                                 const cv::Vec3b& letters, int glyph);

}  // namespace stareval::reader
