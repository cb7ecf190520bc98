// The order of models that answered the same items: how sure each rank is, which models cannot be
// told apart, and how few items decide the first place.
// Input    values: models x items, row-major, finite, higher is better; every model has every item.
// Ranks    start at 1. A pair of models is told apart where the interval of their paired difference
//          leaves out 0, all pairs at once ("max-t"): the critical value is the quantile, over the
//          bootstrap replicates, of the largest |D* - D| / e of all pairs, so that with 95 % no
//          pair is told apart wrongly, however many models there are. Then
//              rank, rank_low = 1 + models told to be better
//              rank_high      = models - models told to be worse
//          hold all true ranks at once with 95 % (Mogstad, Romano, Shaikh, Wilhelm 2024, Rev Econ
//          Stud 91:476), equal models included. Models with as many better ones share a rank; "not
//          told apart" alone cannot define a shared rank, as it is not transitive. max-t and not
//          Holm, as the differences share models and items, which Holm pays for as if they did not.
//          drawn_low, drawn_high are the 2.5 and 97.5 % quantiles of the rank in the replicates:
//          shorter, what leaderboards often print, and no 95 % interval where models are close.
//          Measured, five models on 60 items: rank_low to rank_high hold all ranks in 94 % of
//          experiments where the models are equal (20 clusters 94 %, 10 clusters 92 %), in more
//          where they are not; the drawn quantiles hold 57 % of the ranks of equal models, and the
//          first place in 86 % where the five follow each other by a tenth of an error.
// Errors   e is cluster-robust with G/(G-1), and the critical value is carried from the normal to
//          t(G-1). A pair whose difference is the same on all clusters has no e: it is told apart
//          where the sign test says so, 2^(1-G) <= 5 % / pairs.
// Random   one generator a replicate, from (seed, replicate): the same for any number of threads.
// Thread   pure functions; rank_models runs on as many threads as it is told.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "libstareval/statistics/bootstrap.h"

namespace stareval {

struct ScoreMatrix {
  std::size_t models = 0;
  std::vector<double> values;         // models x items, row-major
  std::vector<std::string> clusters;  // one an item; empty: each item is its own

  [[nodiscard]] std::size_t items() const { return models == 0 ? 0 : values.size() / models; }
  [[nodiscard]] double at(std::size_t model, std::size_t item) const {
    return values[model * items() + item];
  }
  // Whether there are values, all finite, and as many as the models and clusters say.
  [[nodiscard]] bool is_whole() const;
};

struct RankedModel {
  double mean = 0;
  std::size_t rank = 1;  // shared by models with as many better ones
  std::size_t rank_low = 1;
  std::size_t rank_high = 1;
  std::size_t drawn_low = 1;
  std::size_t drawn_high = 1;
};

struct Leaderboard {
  std::vector<RankedModel> models;  // in the order of the input
  std::vector<bool> better;         // row told to be better than column, models x models
  std::size_t clusters = 0;

  [[nodiscard]] bool is_better(std::size_t a, std::size_t b) const {
    return better[a * models.size() + b];
  }
};

struct LeaderboardOptions {
  BootstrapOptions bootstrap;
  int threads = 1;
};

// Nothing below two clusters. Cost: replicates * models * (clusters + models).
[[nodiscard]] std::optional<Leaderboard> rank_models(const ScoreMatrix& scores,
                                                     const LeaderboardOptions& options = {});

struct FirstPlace {
  std::size_t leader = 0;
  std::size_t challenger = 0;      // who stands above the leader without the items
  std::vector<std::size_t> items;  // the fewest whose removal does it, ascending
};

// The leader is the model of the best mean; of several, the first, and then no item need go: the
// place is shared. Nothing where there are fewer than two models, and where no removal that leaves
// an item puts another model above the leader. Cost: models * items * log(items).
[[nodiscard]] std::optional<FirstPlace> fewest_items_to_flip(const ScoreMatrix& scores);

}  // namespace stareval
