#include "libstareval/statistics/resample.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/random/binomial_distribution.hpp>
#include <numeric>

#include "libstareval/base/parallel.h"
#include "libstareval/statistics/replicate_random.h"

namespace stareval {
namespace {

constexpr std::size_t kBlockBytes = 256 * 1024;  // of rows: a quarter of a usual L2 cache
constexpr std::size_t kBatch = 64;               // replicates that pass over a block together
constexpr std::size_t kAlike = 16;    // equal rows from which on one binomial is cheaper than draws
constexpr std::size_t kDrawn = 256;   // rows that are drawn before they are added
constexpr std::size_t kColumns = 16;  // that are added in registers at once
constexpr std::size_t kSmallWork = 4'000'000;  // sums that are not worth a second thread

// The column widths that the inner loop is compiled for: 1, 2, 4, 8, 16.
std::size_t padded(std::size_t columns) {
  std::size_t width = 1;
  while (width < columns) width *= 2;
  return width;
}

// A group of at most 16 columns, all rows of them, padded with zeros.
struct Columns {
  std::size_t first = 0;
  std::size_t count = 0;
  std::size_t width = 0;
  std::vector<double> values;
};

// Of rows that lie side by side. Equal ones are kept once.
struct Block {
  std::size_t row = 0;
  std::size_t rows = 0;
  std::size_t weight = 0;  // clusters that it stands for

  [[nodiscard]] bool is_alike() const { return rows == 1; }
};

struct Stratum {
  std::size_t clusters = 0;
  std::vector<Block> blocks;
};

template <std::size_t width>
void add_drawn(const double* rows, std::span<const std::uint32_t> drawn, double* total) {
  std::array<double, width> sum;
  std::copy_n(total, width, sum.begin());
  for (const std::uint32_t index : drawn) {
    const double* row = rows + index * width;
    for (std::size_t column = 0; column < width; ++column) sum[column] += row[column];
  }
  std::copy_n(sum.begin(), width, total);
}

void add_drawn(const Columns& columns, std::size_t row, std::span<const std::uint32_t> drawn,
               double* total) {
  const double* rows = columns.values.data() + row * columns.width;
  switch (columns.width) {
    case 1: return add_drawn<1>(rows, drawn, total);
    case 2: return add_drawn<2>(rows, drawn, total);
    case 4: return add_drawn<4>(rows, drawn, total);
    case 8: return add_drawn<8>(rows, drawn, total);
    default: return add_drawn<kColumns>(rows, drawn, total);
  }
}

std::size_t binomial(std::size_t trials, double probability, ReplicateRandom& random) {
  using Binomial = boost::random::binomial_distribution<std::int64_t, double>;
  if (trials == 0) return 0;
  return static_cast<std::size_t>(Binomial(static_cast<std::int64_t>(trials), probability)(random));
}

class Resampler {
 public:
  // Rows must be sorted within the strata, and the strata named.
  explicit Resampler(const ClusterSums& sums) : width_(sums.width) {
    const std::size_t most = std::max<std::size_t>(
        kAlike, kBlockBytes / (sizeof(double) * std::max<std::size_t>(1, width_)));
    std::size_t row = 0;
    std::vector<std::size_t> kept;
    for (const std::size_t size : sums.strata) {
      strata_.push_back(cut(sums, row, size, most, kept));
      blocks_ += strata_.back().blocks.size();
      row += size;
    }
    for (std::size_t first = 0; first < width_; first += kColumns)
      columns_.push_back(columns_of(sums, first, kept));
    for (const Columns& columns : columns_) padded_width_ += columns.width;
  }

  // Replicates first to first + totals / width, into their totals.
  void draw(std::uint64_t seed, std::size_t first, std::span<double> totals) const {
    const std::size_t replicates = totals.size() / width_;
    std::vector<ReplicateRandom> streams;
    std::vector<std::size_t> counts(replicates * blocks_);
    for (std::size_t r = 0; r < replicates; ++r) {
      streams.emplace_back(seed, first + r);
      split(streams.back(), std::span(counts).subspan(r * blocks_, blocks_));
    }
    std::vector<double> sums(replicates * padded_width_, 0.0);
    std::size_t number = 0;
    for (const Stratum& stratum : strata_) {
      for (const Block& block : stratum.blocks) {
        for (std::size_t r = 0; r < replicates; ++r)
          add(block, counts[r * blocks_ + number], streams[r], sums.data() + r * padded_width_);
        ++number;
      }
    }
    for (std::size_t r = 0; r < replicates; ++r)
      unpad(sums.data() + r * padded_width_, totals.data() + r * width_);
  }

 private:
  // Runs of equal rows, from kAlike on, each a block of one row; the others in blocks of at most
  // `most` rows. The rows of `kept` are those of the blocks, in their order.
  static Stratum cut(const ClusterSums& sums, std::size_t row, std::size_t size, std::size_t most,
                     std::vector<std::size_t>& kept) {
    Stratum stratum{size, {}};
    std::vector<std::size_t> mixed;
    const auto equal = [&](std::size_t a, std::size_t b) {
      const double* rows = sums.rows.data();
      return std::equal(rows + a * sums.width, rows + (a + 1) * sums.width, rows + b * sums.width);
    };
    for (std::size_t begin = row; begin < row + size;) {
      std::size_t end = begin + 1;
      while (end < row + size && equal(begin, end)) ++end;
      if (end - begin >= kAlike) {
        stratum.blocks.push_back({kept.size(), 1, end - begin});
        kept.push_back(begin);
      } else {
        for (std::size_t i = begin; i < end; ++i) mixed.push_back(i);
      }
      begin = end;
    }
    for (std::size_t begin = 0; begin < mixed.size(); begin += most) {
      const std::size_t rows = std::min(most, mixed.size() - begin);
      stratum.blocks.push_back({kept.size() + begin, rows, rows});
    }
    kept.insert(kept.end(), mixed.begin(), mixed.end());
    return stratum;
  }

  static Columns columns_of(const ClusterSums& sums, std::size_t first,
                            const std::vector<std::size_t>& kept) {
    Columns columns;
    columns.first = first;
    columns.count = std::min(kColumns, sums.width - first);
    columns.width = padded(columns.count);
    columns.values.assign(kept.size() * columns.width, 0.0);
    for (std::size_t i = 0; i < kept.size(); ++i)
      std::copy_n(sums.rows.data() + kept[i] * sums.width + first, columns.count,
                  columns.values.data() + i * columns.width);
    return columns;
  }

  // How many of the draws of each stratum fall into each of its blocks: multinomial, by the
  // binomial of each block given those before.
  void split(ReplicateRandom& random, std::span<std::size_t> counts) const {
    std::size_t number = 0;
    for (const Stratum& stratum : strata_) {
      std::size_t draws = stratum.clusters;
      std::size_t weight = stratum.clusters;
      for (const Block& block : stratum.blocks) {
        const bool last = block.weight == weight;
        const double share = static_cast<double>(block.weight) / static_cast<double>(weight);
        const std::size_t count = last ? draws : binomial(draws, share, random);
        counts[number++] = count;
        draws -= count;
        weight -= block.weight;
      }
    }
  }

  void add(const Block& block, std::size_t count, ReplicateRandom& random, double* sums) const {
    if (block.is_alike()) return add_alike(block, count, sums);
    std::array<std::uint32_t, kDrawn> buffer;
    while (count > 0) {
      const auto drawn = std::span(buffer).first(std::min(count, kDrawn));
      random.fill_below(static_cast<std::uint32_t>(block.rows), drawn);
      double* total = sums;
      for (const Columns& columns : columns_) {
        add_drawn(columns, block.row, drawn, total);
        total += columns.width;
      }
      count -= drawn.size();
    }
  }

  void add_alike(const Block& block, std::size_t count, double* sums) const {
    const auto times = static_cast<double>(count);
    for (const Columns& columns : columns_) {
      const double* row = columns.values.data() + block.row * columns.width;
      for (std::size_t column = 0; column < columns.width; ++column)
        sums[column] += times * row[column];
      sums += columns.width;
    }
  }

  void unpad(const double* sums, double* total) const {
    for (const Columns& columns : columns_) {
      std::copy_n(sums, columns.count, total + columns.first);
      sums += columns.width;
    }
  }

  std::size_t width_;
  std::size_t padded_width_ = 0;
  std::size_t blocks_ = 0;
  std::vector<Stratum> strata_;
  std::vector<Columns> columns_;
};

// Threads for so many sums, in so many batches.
int threads_for(const ClusterSums& sums, const ResampleOptions& options, std::size_t batches) {
  if (sums.rows.size() * options.replicates < kSmallWork) return 1;
  const long cores = options.threads > 0 ? options.threads : ::sysconf(_SC_NPROCESSORS_ONLN);
  return static_cast<int>(std::clamp<long>(cores, 1, static_cast<long>(batches)));
}

}  // namespace

ClusterSums sorted_within_strata(const ClusterSums& sums) {
  ClusterSums sorted{sums.width, {}, sums.strata};
  if (sorted.strata.empty()) sorted.strata.push_back(sums.clusters());
  std::vector<const double*> rows;
  for (std::size_t i = 0; i < sums.clusters(); ++i) rows.push_back(&sums.rows[i * sums.width]);
  const auto below = [&](const double* a, const double* b) {
    return std::lexicographical_compare(a, a + sums.width, b, b + sums.width);
  };
  auto begin = rows.begin();
  for (const std::size_t size : sorted.strata) {
    const auto end = begin + static_cast<std::ptrdiff_t>(size);
    std::sort(begin, end, below);
    begin = end;
  }
  sorted.rows.reserve(sums.rows.size());
  for (const double* row : rows) sorted.rows.insert(sorted.rows.end(), row, row + sums.width);
  return sorted;
}

std::vector<double> total_of(const ClusterSums& sums) {
  std::vector<double> total(sums.width, 0.0);
  for (std::size_t i = 0; i < sums.rows.size(); ++i) total[i % sums.width] += sums.rows[i];
  return total;
}

std::vector<double> resample_totals(const ClusterSums& sums, const ResampleOptions& options) {
  std::vector<double> totals(options.replicates * sums.width);
  if (totals.empty()) return totals;
  const Resampler resampler(sorted_within_strata(sums));
  const std::size_t batches = (options.replicates + kBatch - 1) / kBatch;
  std::atomic<std::size_t> next{0};
  run_on_threads(threads_for(sums, options, batches), [&] {
    for (std::size_t batch = next++; batch < batches; batch = next++) {
      const std::size_t first = batch * kBatch;
      const std::size_t count = std::min(kBatch, options.replicates - first);
      resampler.draw(options.seed, first,
                     std::span(totals).subspan(first * sums.width, count * sums.width));
    }
  });
  return totals;
}

}  // namespace stareval
