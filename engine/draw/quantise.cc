#include "engine/draw/quantise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>

namespace stareval::engine {
namespace {

constexpr std::uint32_t kRgb = 0xFFFFFFU;
constexpr std::size_t kMostColours = 256;

// Colours in order of first appearance, found by open addressing.
class ColourTable {
 public:
  void clear() {
    slots_.assign(4096, kEmpty);
    colours_.clear();
  }

  // Number of the colour; adds it where it is new.
  std::uint32_t number(std::uint32_t colour) {
    std::size_t at = hash(colour);
    while (slots_[at] != kEmpty) {
      if (colours_[slots_[at]] == colour) return slots_[at];
      at = (at + 1) & (slots_.size() - 1);
    }
    if (colours_.size() * 2 >= slots_.size()) {
      grow();
      return number(colour);
    }
    slots_[at] = static_cast<std::uint32_t>(colours_.size());
    colours_.push_back(colour);
    return slots_[at];
  }

  [[nodiscard]] const std::vector<std::uint32_t>& colours() const { return colours_; }

 private:
  static constexpr std::uint32_t kEmpty = 0xFFFFFFFFU;

  // Multiplication by the golden ratio (Knuth), upper bits.
  [[nodiscard]] std::size_t hash(std::uint32_t colour) const {
    return ((colour * 0x9E3779B1U) >> 8U) & (slots_.size() - 1);
  }

  void grow() {
    slots_.assign(slots_.size() * 2, kEmpty);
    for (std::uint32_t i = 0; i < colours_.size(); ++i) {
      std::size_t at = hash(colours_[i]);
      while (slots_[at] != kEmpty) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = i;
    }
  }

  std::vector<std::uint32_t> slots_;
  std::vector<std::uint32_t> colours_;
};

// Pixels of one colour that follow each other.
struct Run {
  std::uint32_t colour;  // number in the table
  std::uint32_t pixels;
};

std::uint64_t two_pixels(const std::uint32_t* p) {
  std::uint64_t both = 0;
  std::memcpy(&both, p, sizeof both);
  return both;
}

// End of the run that begins at `at`; eight pixels at a time where the run is long.
std::size_t run_end(const std::uint32_t* p, std::size_t at, std::size_t size) {
  const std::uint32_t value = p[at];
  const std::uint64_t pair = value * 0x100000001ULL;
  std::size_t end = at + 1;
  while (end + 8 <= size) {
    const std::uint64_t difference =
        (two_pixels(p + end) ^ pair) | (two_pixels(p + end + 2) ^ pair) |
        (two_pixels(p + end + 4) ^ pair) | (two_pixels(p + end + 6) ^ pair);
    if (difference != 0) break;
    end += 8;
  }
  while (end < size && p[end] == value) ++end;
  return end;
}

void find_runs(const std::vector<std::uint32_t>& pixels, ColourTable& table,
               std::vector<Run>& runs) {
  runs.clear();
  table.clear();
  std::size_t at = 0;
  while (at < pixels.size()) {
    const std::size_t end = run_end(pixels.data(), at, pixels.size());
    runs.push_back({table.number(pixels[at] & kRgb), static_cast<std::uint32_t>(end - at)});
    at = end;
  }
}

// Kept by each thread, because fresh memory costs more than what is done with it.
struct Scratch {
  ColourTable table;
  std::vector<Run> runs;
};

Scratch& scratch_of_this_thread() {
  thread_local Scratch scratch;
  return scratch;
}

struct Weighted {
  std::array<std::uint8_t, 3> channel;  // red, green, blue
  double weight;
  std::uint32_t number;
};

// A box of colours in the median cut.
struct Box {
  std::size_t begin;
  std::size_t end;
  double spread;  // sum of weighted squared distances along the widest channel
  std::size_t axis;
};

std::array<double, 3> mean_of(const std::vector<Weighted>& colours, std::size_t begin,
                              std::size_t end) {
  std::array<double, 3> sum{};
  double weight = 0.0;
  for (std::size_t i = begin; i < end; ++i) {
    for (std::size_t c = 0; c < 3; ++c) sum[c] += colours[i].weight * colours[i].channel[c];
    weight += colours[i].weight;
  }
  for (double& value : sum) value /= weight;
  return sum;
}

Box make_box(const std::vector<Weighted>& colours, std::size_t begin, std::size_t end) {
  const auto mean = mean_of(colours, begin, end);
  std::array<double, 3> spread{};
  for (std::size_t i = begin; i < end; ++i)
    for (std::size_t c = 0; c < 3; ++c) {
      const double d = colours[i].channel[c] - mean[c];
      spread[c] += colours[i].weight * d * d;
    }
  const auto widest = std::max_element(spread.begin(), spread.end());
  return {begin, end, *widest, static_cast<std::size_t>(widest - spread.begin())};
}

// First index after the mean of the box along its axis; both parts get at least one colour.
std::size_t cut_point(std::vector<Weighted>& colours, const Box& box) {
  const double mean = mean_of(colours, box.begin, box.end)[box.axis];
  const auto first = colours.begin() + static_cast<std::ptrdiff_t>(box.begin);
  const auto last = colours.begin() + static_cast<std::ptrdiff_t>(box.end);
  const auto middle = std::stable_partition(
      first, last, [&](const Weighted& w) { return w.channel[box.axis] <= mean; });
  return static_cast<std::size_t>(middle - colours.begin());
}

std::vector<Box> median_cut(std::vector<Weighted>& colours) {
  const auto narrower = [](const Box& a, const Box& b) { return a.spread < b.spread; };
  std::vector<Box> boxes = {make_box(colours, 0, colours.size())};
  while (boxes.size() < kMostColours) {
    std::pop_heap(boxes.begin(), boxes.end(), narrower);
    const Box box = boxes.back();
    const std::size_t cut = cut_point(colours, box);
    boxes.back() = make_box(colours, box.begin, cut);
    std::push_heap(boxes.begin(), boxes.end(), narrower);
    boxes.push_back(make_box(colours, cut, box.end));
    std::push_heap(boxes.begin(), boxes.end(), narrower);
  }
  return boxes;
}

std::uint32_t packed(const std::array<double, 3>& c) {
  const auto byte = [](double v) { return static_cast<std::uint32_t>(v + 0.5); };
  return (byte(c[0]) << 16U) | (byte(c[1]) << 8U) | byte(c[2]);
}

std::vector<Weighted> weighted(const ColourTable& table, const std::vector<Run>& runs) {
  std::vector<Weighted> out;
  out.reserve(table.colours().size());
  for (std::uint32_t i = 0; i < table.colours().size(); ++i) {
    const std::uint32_t c = table.colours()[i];
    out.push_back({{static_cast<std::uint8_t>(c >> 16U), static_cast<std::uint8_t>(c >> 8U),
                    static_cast<std::uint8_t>(c)},
                   0.0,
                   i});
  }
  for (const Run& run : runs) out[run.colour].weight += run.pixels;
  for (Weighted& w : out) w.weight = std::sqrt(w.weight);
  return out;
}

// Palette and, for each colour of the table, its index in it.
std::vector<std::uint8_t> reduce(const ColourTable& table, const std::vector<Run>& runs,
                                 std::vector<std::uint32_t>& palette) {
  std::vector<Weighted> colours = weighted(table, runs);
  std::vector<std::uint8_t> index(colours.size());
  for (const Box& box : median_cut(colours)) {
    for (std::size_t i = box.begin; i < box.end; ++i)
      index[colours[i].number] = static_cast<std::uint8_t>(palette.size());
    palette.push_back(packed(mean_of(colours, box.begin, box.end)));
  }
  return index;
}

}  // namespace

void quantise(const Bitmap& bitmap, IndexedPicture& out) {
  auto& [table, runs] = scratch_of_this_thread();
  find_runs(bitmap.pixels, table, runs);
  out.width = bitmap.width;
  out.height = bitmap.height;
  out.exact = table.colours().size() <= kMostColours;
  out.palette.clear();
  std::vector<std::uint8_t> index;
  if (out.exact) {
    out.palette = table.colours();
    for (std::size_t i = 0; i < out.palette.size(); ++i)
      index.push_back(static_cast<std::uint8_t>(i));
  } else {
    index = reduce(table, runs, out.palette);
  }
  out.pixels.resize(bitmap.pixels.size());
  std::uint8_t* at = out.pixels.data();
  for (const Run& run : runs) {
    std::memset(at, index[run.colour], run.pixels);
    at += run.pixels;
  }
}

}  // namespace stareval::engine
