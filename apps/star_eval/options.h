// Command-line options over Boost.Program_options: no guessing of shortened names, wrong use as an
// Error that names the option, --help with examples, and the names that users of other harnesses
// know.
#pragma once

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/positional_options.hpp>
#include <boost/program_options/variables_map.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "apps/star_eval/command.h"
#include "libstareval/base/result.h"

namespace stareval::app {

namespace po = boost::program_options;

// One parser a command. `usage` is the first line of the help, `examples` its last lines.
class OptionParser {
 public:
  OptionParser(std::string usage, std::string examples);

  // The options to add to: parser.add()("out", po::value<std::string>(), "folder ...").
  po::options_description_easy_init add() { return options_.add_options(); }

  // Words without a dash go to this option; `most` is how many there may be, -1 for any number.
  void positional(const char* name, int most) { positional_.add(name, most); }

  // Parse. usage where an option is unknown, lacks its value, or holds one of another type. When
  // --help was asked for, it is printed, and help() is true.
  [[nodiscard]] Result<void> parse(const Arguments& arguments);

  [[nodiscard]] bool help() const { return help_; }
  [[nodiscard]] bool has(const char* name) const { return values_.count(name) > 0; }
  // Whether the user gave it; has() is true of an option with a default, too.
  [[nodiscard]] bool is_given(const char* name) const {
    return has(name) && !values_[name].defaulted();
  }
  [[nodiscard]] std::string text(const char* name) const;
  [[nodiscard]] std::vector<std::string> texts(const char* name) const;

  // A whole number in [low, high]; usage where it is not.
  [[nodiscard]] Result<std::uint64_t> number(const char* name, std::uint64_t low,
                                             std::uint64_t high) const;

 private:
  void print_help() const;

  std::string usage_;
  std::string examples_;
  po::options_description options_;
  po::positional_options_description positional_;
  po::variables_map values_;
  bool help_ = false;
};

// --tasks is --task, --output is --out, --max-connections is --concurrency, and --model-args
// a=1,b=2 is
// --set a=1 --set b=2.
[[nodiscard]] Arguments with_known_aliases(const Arguments& arguments);

// "key=value" pairs of the option `name`, the last of a key counts; usage where one has no "=" or
// no key.
[[nodiscard]] Result<std::map<std::string, std::string>> parse_pairs(
    const char* name, const std::vector<std::string>& pairs);

}  // namespace stareval::app
