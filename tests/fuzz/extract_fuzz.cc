// A reply read by the readers of counts, yes or no, choices and triples; the first byte says by
// which, and what is asked for. No crash; a span inside the reply, a value that can be one, the
// same answer twice.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "libstareval/extract/choice.h"
#include "libstareval/extract/number.h"
#include "libstareval/extract/refusal.h"
#include "libstareval/extract/triple.h"
#include "libstareval/extract/yes_no.h"

namespace {

using namespace stareval;

void require(bool holds) {
  if (!holds) std::abort();
}

template <class Read>
auto check(const std::string& reply, Read read) {
  const auto first = read(reply);
  const auto same = [&](const auto& other) {
    return first.status == other.status && first.value == other.value && first.rule == other.rule &&
           first.span == other.span;
  };
  require(first.span.begin <= first.span.end && first.span.end <= reply.size());
  require((first.status == ReadStatus::none) == first.rule.empty());
  require(same(read(reply)));
  return first;
}

const Vocabulary& vocabulary() {
  static const Vocabulary kVocabulary(
      Graph{{{"France", true}, {"Paris", false}, {"Singapore (city)", false}, {"St. John", false}},
            {{"France", "capital", "Paris"}, {"Paris", "part of", "Singapore (city)"}}});
  return kVocabulary;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string reply(reinterpret_cast<const char*>(data) + 1, size - 1);
  static const std::vector<std::string> kOptions{"Paris", "St. John, the city", "A", "7", "Lyon"};
  switch (data[0] % 8) {
    case 0: check(reply, [](std::string_view text) { return extract_yes_no(text); }); break;
    case 1: {
      const auto choice =
          check(reply, [](const std::string& text) { return extract_choice(text, kOptions); });
      require(choice.value < kOptions.size());
      break;
    }
    case 2:
      check(reply,
            [](const std::string& text) { return extract_triple_or_none(text, vocabulary()); });
      require(is_refusal(reply) == is_refusal(reply + " "));
      break;
    default: {
      const auto asked = static_cast<Counted>(data[0] % 8 - 3);
      const auto count =
          check(reply, [&](const std::string& text) { return extract_count(text, asked); });
      require(count.value >= 0);
    }
  }
  return 0;
}
