// A cap on what a run may cost, kept before anything is sent: each attempt reserves the most that
// it can cost, and is sent only where what was spent and all that is reserved stay within the cap.
// Most      input: a token for each byte of text, what the vendor's rule takes for each picture,
//           and framing. Output: max_tokens. Both at their full price.
// Spent     what the server's usage says at these prices. Where it says nothing, the reservation.
//           Failed attempts may have been charged: all count at their reservation, but for those
//           that a rate limit turned away. A reply from the cache costs nothing.
// Holds     as long as prices and picture rule are those of the bill, and the server keeps to
//           max_tokens. Where a bill is higher than its reservation, the bill counts, and all later
//           reservations of input grow by as much.
// Thread    one at a time: the runner's.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include "libstareval/base/result.h"
#include "libstareval/model/request.h"
#include "libstareval/run/cost_guard.h"
#include "libstareval/run/plan.h"
#include "libstareval/run/prices.h"

namespace stareval {

// What --budget asks for.
struct BudgetOptions {
  std::int64_t cap_nanos = 0;
  Price price;
};

// The most that one attempt at a request can cost.
[[nodiscard]] std::int64_t most_cost_nanos(const Price& price, const Request& request);

// What an attempt counts for, of which `reserved` was the most.
[[nodiscard]] std::int64_t charged_nanos(const Price& price, const Reply& reply,
                                         std::int64_t reserved);

// usage where the decoding has a field that makes the reply longer than max_tokens, or asks for
// another tariff or for tools that are charged apart, so that no cap could be kept.
[[nodiscard]] Result<void> check_boundable(const Decoding& decoding);

// What the attempts in a journal count for, at today's price. A torn last line counts for nothing.
// Errors  io, bad_data: those of the file. 0 where there is none.
[[nodiscard]] Result<std::int64_t> spent_in_journal(const std::filesystem::path& replies,
                                                    const Plan& plan, const Price& price);

class Budget : public CostGuard {
 public:
  Budget(std::int64_t cap_nanos, Price price, std::int64_t already_spent_nanos);

  // False where the cap could be crossed, or the price of so much input is not known.
  bool admit(const Request& request) override;
  void settle(const Request& request, const Reply& reply) override;

  [[nodiscard]] std::int64_t cap() const { return cap_; }
  [[nodiscard]] std::int64_t spent() const { return spent_; }        // earlier runs included
  [[nodiscard]] std::int64_t reserved() const { return reserved_; }  // by attempts under way

  // Whether the last request that was asked for was turned down.
  [[nodiscard]] bool exhausted() const { return exhausted_; }

 private:
  using Key = std::pair<std::string, int>;  // sample and repeat: one attempt at a time

  void learn(const Request& request, const Reply& reply);

  std::int64_t cap_;
  Price price_;
  std::int64_t spent_;
  std::int64_t reserved_ = 0;
  std::map<Key, std::int64_t> under_way_;
  std::int64_t input_per_mille_ = 1000;  // what bills were of their bound, at least the whole
  bool exhausted_ = false;
};

}  // namespace stareval
