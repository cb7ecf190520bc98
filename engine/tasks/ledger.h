// Keeps what is chosen in proportion to what is seen, so that knowing a key tells nothing about
// whether it is the answer, to anybody who does not know the other answers of the same split. (Who
// knew them could tell what is owed: quotas are kept nearly exactly.)
// Keys    ER: entities, seen as options, chosen as golds. RR: the same of relations, and whether an
//         option's label stands on another edge. ED: kinds of edge, seen in pictures with an error,
//         chosen as the wrong one.
// Rule    A key is due while its share of the choices is not above its share of what was seen.
// Why     In knowledge graphs hubs are drawn often; unbalanced, "English" would be an option only
//         where it is the gold, and a prior over options would beat chance (M3STR: 57 % at 20 %).
// Thread  one writer; samples of a task are made in order.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace stareval::engine {

class Ledger {
 public:
  void see(std::string_view key) {
    ++entry(key).seen;
    ++total_.seen;
  }

  void choose(std::string_view key) {
    ++entry(key).chosen;
    ++total_.chosen;
  }

  // Above 0: chosen too often for how often it was seen. Always 0 in an empty ledger.
  [[nodiscard]] std::int64_t debt(std::string_view key) const {
    const auto found = entries_.find(key);
    if (found == entries_.end()) return 0;
    return found->second.chosen * total_.seen - total_.chosen * found->second.seen;
  }

  [[nodiscard]] std::int64_t chosen(std::string_view key) const {
    const auto found = entries_.find(key);
    return found == entries_.end() ? 0 : found->second.chosen;
  }

  [[nodiscard]] bool is_due(std::string_view key) const { return debt(key) <= 0; }

 private:
  struct Entry {
    std::int64_t seen = 0, chosen = 0;
  };
  Entry& entry(std::string_view key) { return entries_[std::string(key)]; }

  std::map<std::string, Entry, std::less<>> entries_;
  Entry total_;
};

}  // namespace stareval::engine
