// A protocol turns a sample into a prompt, and a reply into a score. Pure: no I/O, clock or thread.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/data/sample.h"
#include "libstareval/extract/extraction.h"
#include "libstareval/model/reply.h"

namespace stareval {

// direct: the answer only. cot: <think> ... </think><answer> ... </answer>.
enum class Mode { direct, cot };

[[nodiscard]] std::string_view to_string(Mode mode);
[[nodiscard]] Result<Mode> parse_mode(std::string_view text);  // usage where it is neither

// In which form a task that offers options is answered. choice: one of them, by its letter.
// ranking: all candidates, the likeliest first. open: a name, no options shown. Scores of two forms
// never share a column.
enum class AnswerForm { choice, ranking, open };

[[nodiscard]] std::string_view to_string(AnswerForm form);
[[nodiscard]] Result<AnswerForm> parse_answer_form(std::string_view text);  // usage: none of them

// Whether a task can be asked in forms: ER, RR, their variants, and tasks that are not known, whose
// protocols decide themselves. All others are asked in the one form that they have.
[[nodiscard]] bool has_answer_forms(std::string_view task);

struct ProtocolInfo {
  std::string name;                // "counting": folder, register function and command line
  std::string version;             // changes whenever a score could
  std::string summary;             // one line for `star-eval list`
  std::vector<std::string> tasks;  // that it asks and scores
  std::string headline;            // name of the metric in tables and in AVG
  std::string prompt_template;     // with {question} and {choices}; for the mode it was made with
  std::string prompt_digest;       // SHA-256 of the template
};

// The pictures of the sample go first, then the text.
struct Prompt {
  std::string system;  // "" for none, which is the default
  std::string text;
  bool pictures = true;  // false: the text goes alone
};

struct Score {
  Outcome outcome = Outcome::unparsed;
  std::string answer;  // what was read, in normal form; "" where nothing was
  std::string rule;    // id of the extraction rule that read it
  std::optional<Span> span;
  // Named values of this sample, the headline's first and in [0, 1]. Empty where nothing was read.
  std::vector<std::pair<std::string, double>> values;
  // Named values of the chain of thought, whatever was read in the answer (protocol/reasoning.h).
  // Set by the run, not by protocols; empty in the mode `direct`, and where there is none.
  std::vector<std::pair<std::string, double>> reasoning;
};

// What the score adds to the mean of the headline: its first value, or 0 where nothing was read.
[[nodiscard]] double headline_value(const Score& score);

struct Scored {
  const Sample* sample = nullptr;
  int repeat = 0;
  Score score;
};

// fraction: in [0, 1], and so is the interval. unbounded: of any size and sign, as errors in counts
// are, even where all of them happen to be 0 or 1.
enum class Range { fraction, unbounded };

// A number as it is printed: never without its interval, n, and the method of the interval.
struct Metric {
  std::string name;
  std::optional<double> value;  // nothing: undefined (n = 0, or 0 in a denominator)
  std::optional<double> low;    // of the 95 % interval; nothing: undefined
  std::optional<double> high;
  std::size_t n = 0;
  std::string method;             // "wilson", "cluster-robust wilson", "BCa cluster bootstrap"
  Range range = Range::fraction;  // people read fractions as percent
};

struct ProtocolOptions {
  Mode mode = Mode::direct;
  AnswerForm form = AnswerForm::choice;
};

class Protocol {
 public:
  virtual ~Protocol() = default;

  [[nodiscard]] virtual ProtocolInfo info() const = 0;

  [[nodiscard]] virtual Prompt prompt(const Sample& sample) const = 0;

  // Of a reply whose outcome is `answered`; the runner passes every other outcome on as it is.
  // Gives answered, unparsed, ambiguous or refused; skipped, and no values, where the gold of the
  // sample is not of the kind that the protocol scores.
  [[nodiscard]] virtual Score score(const Sample& sample, const Reply& reply) const = 0;

  // Metrics over the samples of one task; the headline first. Those whose outcome is not scored
  // are in `scored` too: a protocol leaves them out of its denominators by is_scored().
  [[nodiscard]] virtual std::vector<Metric> summarise(std::span<const Scored> scored) const = 0;
};

using ProtocolFactory = std::unique_ptr<Protocol> (*)(const ProtocolOptions&);

}  // namespace stareval
