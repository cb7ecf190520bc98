#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "backends/reader/ground_internal.h"

namespace stareval::reader {
namespace {

constexpr int kStep = 8;     // pixels between samples
constexpr int kNear = 26;    // of a sample to the surface, to belong to the ground
constexpr int kRounds = 3;   // of fitting
constexpr int kCoarse = 16;  // pixels between the places where the surface is computed

constexpr int kInkLevel = 42;  // of ink, where nothing speaks for another limit
constexpr int kLeastInk = 34;
constexpr int kMostInk = 60;
constexpr int kFlat = 4;  // levels to each side that should be empty
constexpr std::ptrdiff_t kWindow = 2 * kFlat + 2;
constexpr double kFromUsual = 0.03;  // worth of a level away from the usual one

using Terms = cv::Vec<double, 6>;

// Coordinates run from -1 to 1, so that the system is well conditioned.
Terms terms_at(double x, double y, cv::Size size) {
  const double u = 2.0 * x / size.width - 1.0;
  const double v = 2.0 * y / size.height - 1.0;
  return {1.0, u, v, u * u, v * v, u * v};
}

using Surface = cv::Matx<double, 6, 3>;

cv::Vec3d at(const Surface& surface, const Terms& terms) { return surface.t() * terms; }

int distance(const cv::Vec3b& a, const cv::Vec3d& b) {
  double most = 0;
  for (int c = 0; c < 3; ++c) most = std::max(most, std::abs(a[c] - b[c]));
  return static_cast<int>(most);
}

constexpr int kCells = 16;  // to a channel

struct Cell {
  int count = 0;
  cv::Vec3d sum;
};

std::size_t cell_at(int b, int g, int r) {
  return (static_cast<std::size_t>(b) * kCells + static_cast<std::size_t>(g)) * kCells +
         static_cast<std::size_t>(r);
}

// A cell with those around it: a gradient spreads over several, a fill does not.
struct Neighbourhood {
  int count = 0;
  const Cell* fullest = nullptr;
};

Neighbourhood around(const std::vector<Cell>& cells, int b, int g, int r) {
  Neighbourhood out;
  for (int i = std::max(b - 1, 0); i <= std::min(b + 1, kCells - 1); ++i)
    for (int j = std::max(g - 1, 0); j <= std::min(g + 1, kCells - 1); ++j)
      for (int k = std::max(r - 1, 0); k <= std::min(r + 1, kCells - 1); ++k) {
        const Cell& cell = cells[cell_at(i, j, k)];
        out.count += cell.count;
        if (out.fullest == nullptr || cell.count > out.fullest->count) out.fullest = &cell;
      }
  return out;
}

// The mean of the fullest cell of colours in the fullest neighbourhood.
cv::Vec3d most_frequent(const cv::Mat& picture) {
  std::vector<Cell> cells(cell_at(kCells, 0, 0));
  for (int y = kStep / 2; y < picture.rows; y += kStep)
    for (int x = kStep / 2; x < picture.cols; x += kStep) {
      const auto& p = picture.at<cv::Vec3b>(y, x);
      Cell& cell = cells[cell_at(p[0] >> 4, p[1] >> 4, p[2] >> 4)];
      ++cell.count;
      cell.sum += cv::Vec3d(p);
    }
  Neighbourhood best;
  for (int b = 0; b < kCells; ++b)
    for (int g = 0; g < kCells; ++g)
      for (int r = 0; r < kCells; ++r) {
        const Neighbourhood found = around(cells, b, g, r);
        if (found.count > best.count) best = found;
      }
  return best.count == 0 ? cv::Vec3d() : best.fullest->sum / best.fullest->count;
}

Surface fit(const cv::Mat& picture, const Surface& before) {
  // Where there are too few samples for all terms, the flattest surface.
  cv::Matx66d normal = cv::Matx66d::eye() * 1e-6;
  normal(0, 0) = 1e-9;
  Surface right;
  for (int y = kStep / 2; y < picture.rows; y += kStep)
    for (int x = kStep / 2; x < picture.cols; x += kStep) {
      const auto& p = picture.at<cv::Vec3b>(y, x);
      const Terms terms = terms_at(x, y, picture.size());
      if (distance(p, at(before, terms)) > kNear) continue;
      normal += terms * terms.t();
      right += terms * cv::Vec3d(p).t();
    }
  return normal.inv(cv::DECOMP_CHOLESKY) * right;
}

}  // namespace

cv::Mat ground_of(const cv::Mat& picture) {
  Surface surface;
  const cv::Vec3d base = most_frequent(picture);
  for (int c = 0; c < 3; ++c) surface(0, c) = base[c];
  for (int round = 0; round < kRounds; ++round) surface = fit(picture, surface);
  cv::Mat coarse((picture.rows + kCoarse - 1) / kCoarse, (picture.cols + kCoarse - 1) / kCoarse,
                 CV_8UC3);
  for (int y = 0; y < coarse.rows; ++y)
    for (int x = 0; x < coarse.cols; ++x) {
      const cv::Vec3d value =
          at(surface, terms_at((x + 0.5) * kCoarse, (y + 0.5) * kCoarse, picture.size()));
      for (int c = 0; c < 3; ++c)
        coarse.at<cv::Vec3b>(y, x)[c] = cv::saturate_cast<uchar>(value[c]);
    }
  cv::Mat ground;
  cv::resize(coarse, ground, picture.size(), 0, 0, cv::INTER_LINEAR);
  return ground;
}

cv::Mat distance_between(const cv::Mat& a, const cv::Mat& b) {
  cv::Mat distance(a.size(), CV_8UC1);
  for (int y = 0; y < a.rows; ++y) {
    const auto* p = a.ptr<uchar>(y);
    const auto* q = b.ptr<uchar>(y);
    auto* out = distance.ptr<uchar>(y);
    for (int x = 0; x < a.cols; ++x, p += 3, q += 3) {
      const auto apart = [](uchar i, uchar j) { return i > j ? i - j : j - i; };
      out[x] =
          static_cast<uchar>(std::max({apart(p[0], q[0]), apart(p[1], q[1]), apart(p[2], q[2])}));
    }
  }
  return distance;
}

cv::Mat distance_from(const cv::Mat& a, const cv::Vec3b& colour) {
  return distance_between(a,
                          cv::Mat(a.size(), CV_8UC3, cv::Scalar(colour[0], colour[1], colour[2])));
}

std::array<int, 256> counts_by_level(const cv::Mat& image, const cv::Mat& where) {
  std::array<int, 256> counts{};
  for (int y = 0; y < image.rows; ++y) {
    const auto* row = image.ptr<uchar>(y);
    const auto* counted = where.empty() ? nullptr : where.ptr<uchar>(y);
    for (int x = 0; x < image.cols; ++x)
      if (counted == nullptr || counted[x] != 0) ++counts[row[x]];
  }
  return counts;
}

cv::Mat ink_in(const cv::Mat& distance) {
  const std::array<int, 256> counts = counts_by_level(distance);
  int best = kInkLevel;
  double least = std::numeric_limits<double>::infinity();
  for (int level = kLeastInk; level <= kMostInk; ++level) {
    const auto* first = counts.data() + level - kFlat;
    const double near = std::accumulate(first, first + kWindow, 0.0);
    const double cost = near * (1.0 + kFromUsual * std::abs(level - kInkLevel));
    if (cost < least) least = cost, best = level;
  }
  return distance > best;
}

}  // namespace stareval::reader
