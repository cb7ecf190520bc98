#include "protocols/completion/ranking_form.h"

#include <algorithm>
#include <array>

#include "libstareval/base/text.h"
#include "libstareval/extract/ranking.h"
#include "libstareval/metrics/ranking.h"
#include "libstareval/protocol/prompt.h"
#include "libstareval/protocol/scoring.h"
#include "libstareval/tasks/task.h"

namespace stareval {
namespace {

constexpr const char* kHitsAt1 = "hits_at_1";
constexpr std::string_view kCandidates = "{candidates}";
constexpr std::size_t kMostNamed = 10;                // of a list, in Score::answer
constexpr std::array<std::size_t, 2> kPlaces{3, 10};  // of the hits beside the headline

std::string hits_at(std::size_t k) { return "hits_at_" + std::to_string(k); }

// Candidates of the sample; where it has none, its options, which are shown with their letters.
const std::vector<std::string>& candidates_of(const Sample& sample) {
  return sample.candidates.empty() ? sample.choices : sample.candidates;
}

std::optional<std::size_t> gold_place(const Sample& sample, const ChoiceGold& gold) {
  if (gold.index >= sample.choices.size()) return std::nullopt;
  if (sample.candidates.empty()) return gold.index;
  const std::string wanted = normalise_name(sample.choices[gold.index]);
  const auto hit = std::find_if(sample.candidates.begin(), sample.candidates.end(),
                                [&](const std::string& c) { return normalise_name(c) == wanted; });
  if (hit == sample.candidates.end()) return std::nullopt;
  return static_cast<std::size_t>(hit - sample.candidates.begin());
}

std::string list_of(const Sample& sample) {
  if (sample.candidates.empty()) return list_choices(sample.choices);
  std::string text;
  for (const std::string& candidate : sample.candidates)
    text.append(text.empty() ? "" : "\n").append(candidate);
  return text;
}

std::string make_ranking_template(Mode mode) {
  const std::string text = make_template(
      mode, "the candidates in order from the likeliest to the least likely, one a line", false);
  constexpr std::string_view kQuestion = "{question}";
  return std::string(kQuestion) + "\n\n" + std::string(kCandidates) + text.substr(kQuestion.size());
}

std::string names_of(const Ranking& ranking, const std::vector<std::string>& candidates) {
  std::string text;
  for (std::size_t i = 0; i < std::min(ranking.order.size(), kMostNamed); ++i)
    text.append(i == 0 ? "" : " > ").append(candidates[ranking.order[i]]);
  return ranking.order.size() > kMostNamed ? text + " > ..." : text;
}

// The mean of what each sample gives by itself: a property of the samples, not an estimate.
Metric exact(Metric metric) {
  metric.low = metric.value;
  metric.high = metric.value;
  metric.method = "exact";
  return metric;
}

using OfSize = double (*)(double candidates);

// Over scored attempts with more than `places` candidates.
Contribution of_size(OfSize value, std::size_t places = 0) {
  return [=](const Scored& item) -> std::optional<double> {
    const std::size_t n = candidates_of(*item.sample).size();
    if (!is_scored(item.score.outcome) || n <= places) return std::nullopt;
    return value(static_cast<double>(n));
  };
}

// What a random order gets: the mean of 1 / rank over the n ranks.
double chance_reciprocal_rank(double candidates) {
  double sum = 0;
  for (double rank = 1; rank <= candidates; ++rank) sum += 1 / rank;
  return sum / candidates;
}

std::optional<double> expected_rank(const Scored& item) {
  const auto candidates = over_answered("candidates")(item);
  if (!candidates) return std::nullopt;
  return (*candidates + 1) / 2;
}

// Mean rank over the mean rank by chance, of the same lists. The interval is that of the ratio, by
// its linear form: ratio + (rank - ratio * expected) / mean expected, whose mean is the ratio.
Metric adjusted_mean_rank_of(std::span<const Scored> scored) {
  const auto rank = over_answered("rank");
  const auto mean_rank = mean_metric("", scored, rank, Range::unbounded).value;
  const auto mean_expected = mean_metric("", scored, expected_rank, Range::unbounded).value;
  const auto linear = [&](const Scored& item) -> std::optional<double> {
    const auto own = rank(item);
    const auto expected = expected_rank(item);
    if (!own || !expected || !mean_rank || !mean_expected) return std::nullopt;
    const double ratio = *mean_rank / *mean_expected;
    return ratio + (*own - ratio * *expected) / *mean_expected;
  };
  return mean_metric("adjusted_mean_rank", scored, linear, Range::unbounded);
}

}  // namespace

RankingCompletion::RankingCompletion(ProtocolInfo info, Mode mode) : info_(std::move(info)) {
  info_.headline = kHitsAt1;
  set_prompt(info_, make_ranking_template(mode));
}

Prompt RankingCompletion::prompt(const Sample& sample) const {
  const std::string_view whole = info_.prompt_template;
  const std::size_t list = whole.find(kCandidates);
  Prompt prompt = render_prompt(whole.substr(0, list), sample);
  prompt.text += list_of(sample);
  prompt.text += whole.substr(list + kCandidates.size());
  return prompt;
}

Score RankingCompletion::score(const Sample& sample, const Reply& reply) const {
  const auto* gold = std::get_if<ChoiceGold>(&sample.gold);
  const auto place = gold == nullptr ? std::nullopt : gold_place(sample, *gold);
  if (!place) return unscorable();
  const auto& candidates = candidates_of(sample);
  const auto list = extract_ranking(reply.text, candidates, sample.candidates.empty());
  Score score = begin_score(list, reply.text);
  if (list.status != ReadStatus::found) return score;
  score.answer = names_of(list.value, candidates);
  const Placing placing = place_in_list(list.value.order, candidates.size(), *place);
  score.values = {{kHitsAt1, expected_hit(placing, 1)}};
  for (const std::size_t k : kPlaces)
    if (candidates.size() > k) score.values.emplace_back(hits_at(k), expected_hit(placing, k));
  const auto reciprocal = [&](TieRule rule) { return reciprocal_rank(rank_of(placing, rule)); };
  const auto number = [](std::size_t n) { return static_cast<double>(n); };
  const std::vector<std::pair<std::string, double>> more{
      {"reciprocal_rank", expected_reciprocal_rank(placing)},
      {"rank", rank_of(placing)},
      {"reciprocal_rank_optimistic", reciprocal(TieRule::optimistic)},
      {"reciprocal_rank_pessimistic", reciprocal(TieRule::pessimistic)},
      {"candidates", number(candidates.size())},
      {"listed", number(list.value.order.size())},
      {"unknown", number(list.value.unknown)}};
  score.values.insert(score.values.end(), more.begin(), more.end());
  return score;
}

std::vector<Metric> RankingCompletion::summarise(std::span<const Scored> scored) const {
  auto metrics = headline_metrics(kHitsAt1, scored);
  const auto add_chance = [&](std::string name, OfSize value, std::size_t places) {
    metrics.push_back(exact(mean_metric(std::move(name), scored, of_size(value, places))));
  };
  add_chance(
      "chance", [](double n) { return 1 / n; }, 0);
  const auto hits = [&](std::size_t k, OfSize chance) {
    const auto has_places = [k](const Scored& item) -> std::optional<double> {
      if (candidates_of(*item.sample).size() <= k) return std::nullopt;
      return over_scored(hits_at(k))(item);
    };
    Metric metric = mean_metric(hits_at(k), scored, has_places);
    if (metric.n == 0) return;
    metrics.push_back(std::move(metric));
    add_chance("chance_" + hits_at(k), chance, k);
  };
  hits(3, [](double n) { return 3 / n; });
  hits(10, [](double n) { return 10 / n; });
  metrics.push_back(mean_metric("mrr", scored, over_scored("reciprocal_rank")));
  metrics.push_back(
      mean_metric("mrr_optimistic", scored, over_scored("reciprocal_rank_optimistic")));
  metrics.push_back(
      mean_metric("mrr_pessimistic", scored, over_scored("reciprocal_rank_pessimistic")));
  add_chance("chance_mrr", chance_reciprocal_rank, 0);
  metrics.push_back(mean_metric("mean_rank", scored, over_answered("rank"), Range::unbounded));
  metrics.push_back(adjusted_mean_rank_of(scored));
  metrics.push_back(mean_metric("mean_listed", scored, over_answered("listed"), Range::unbounded));
  return metrics;
}

}  // namespace stareval
