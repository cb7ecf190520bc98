// Nodes and grounds of labels, told apart by heights and colours: by hand, without a picture.
#include <gtest/gtest.h>

#include "backends/reader/panel_kinds_internal.h"

namespace stareval::reader {
namespace {

const cv::Vec3b kLine(60, 60, 60);
const cv::Vec3b kFill(245, 225, 205);

struct Scene {
  std::vector<Panel> panels;
  std::vector<Contents> contents;

  // With so many lines of text.
  Scene& add(int height, int lines = 1, const cv::Vec3b& fill = kFill, bool picture = false) {
    const cv::Rect box(0, 0, 80, height);
    panels.push_back({box, cv::Mat(box.size(), CV_8UC1, cv::Scalar(255)), fill});
    Contents all;
    all.lines.resize(static_cast<std::size_t>(lines));
    if (picture) all.picture = cv::Rect(10, 10, 30, 30);
    contents.push_back(all);
    return *this;
  }

  [[nodiscard]] std::vector<bool> labels(std::size_t free_lines = 0) const {
    return find_label_panels(panels, contents, kLine, free_lines);
  }
};

using Bools = std::vector<bool>;

TEST(ReaderPanelKinds, LowerOnesAreLabels) {
  EXPECT_EQ(Scene().add(50).add(20).add(50).add(22).labels(), (Bools{false, true, false, true}));
}

TEST(ReaderPanelKinds, OfOneHeightAllAreNodes) {
  EXPECT_EQ(Scene().add(40).add(41).add(40).labels(), (Bools{false, false, false}));
}

// The lowest node is 23 high, the labels 20: 0.87 of it.
TEST(ReaderPanelKinds, LittleLowerIsNotEnough) {
  EXPECT_EQ(Scene().add(20).add(23).labels(), (Bools{false, false}));
  EXPECT_EQ(Scene().add(20).add(24).labels(), (Bools{true, false}));
}

TEST(ReaderPanelKinds, LabelsHaveOneLineAndNoPicture) {
  EXPECT_EQ(Scene().add(50).add(20, 2).labels(), (Bools{false, false}));
  EXPECT_EQ(Scene().add(50).add(24).add(20, 1, kFill, true).labels(), (Bools{false, true, false}));
  EXPECT_EQ(Scene().add(50).add(20, 0).labels(), (Bools{false, false}));
}

// A node with a picture may be much higher, and one without be as high as the labels.
TEST(ReaderPanelKinds, NodesWithPicturesDoNotMakeTheOthersLabels) {
  EXPECT_EQ(Scene().add(90, 1, kFill, true).add(30).add(90, 1, kFill, true).add(40).labels(),
            (Bools{false, true, false, false}));
}

TEST(ReaderPanelKinds, ChipsInTheColourOfTheLinesAreLabels) {
  EXPECT_EQ(Scene().add(30).add(30, 1, {70, 65, 58}).add(30).add(30, 1, kLine).labels(),
            (Bools{false, true, false, true}));
}

TEST(ReaderPanelKinds, TextBesideMeansThatAllAreNodes) {
  EXPECT_EQ(Scene().add(50).add(20).add(50).labels(3), (Bools{false, false, false}));
  EXPECT_EQ(Scene().add(30).add(30, 1, kLine).labels(2), (Bools{false, false}));
}

// 0.4 of three labels is more than one.
TEST(ReaderPanelKinds, ASpeckOfTextBesideManyLabelsDoesNotCount) {
  EXPECT_EQ(Scene().add(50).add(20).add(20).add(20).labels(1), (Bools{false, true, true, true}));
  EXPECT_EQ(Scene().add(50).add(20).add(20).add(20).labels(2), (Bools{false, false, false, false}));
}

// Lines that cling to a panel make its box higher, not its middle column.
TEST(ReaderPanelKinds, HeightIsThatOfTheMiddle) {
  Scene scene;
  scene.add(50).add(20);
  scene.panels[1].box.height = 50;
  scene.panels[1].mask = cv::Mat::zeros(50, 80, CV_8UC1);
  scene.panels[1].mask.rowRange(0, 20).setTo(255);
  scene.panels[1].mask.colRange(0, 10).setTo(255);
  EXPECT_EQ(scene.labels(), (Bools{false, true}));
}

TEST(ReaderPanelKinds, OfNoPanelsAreNone) {
  EXPECT_TRUE(Scene().labels().empty());
  EXPECT_EQ(Scene().add(30).labels(), Bools{false});
}

}  // namespace
}  // namespace stareval::reader
