#include "apps/star_eval/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/program_options/parsers.hpp>
#include <charconv>
#include <utility>

#include "libstareval/base/text.h"

namespace stareval::app {
namespace {

constexpr unsigned kHelpColumns = 100;

struct Alias {
  std::string_view known, ours;
};
constexpr std::array<Alias, 3> kAliases{
    {{"--tasks", "--task"}, {"--output", "--out"}, {"--max-connections", "--concurrency"}}};

// "--tasks=EC" is "--task=EC".
std::string translate(std::string_view argument) {
  const std::string_view name = argument.substr(0, argument.find('='));
  const auto* alias = std::find_if(kAliases.begin(), kAliases.end(),
                                   [&](const Alias& a) { return a.known == name; });
  if (alias == kAliases.end()) return std::string(argument);
  return std::string(alias->ours) + std::string(argument.substr(name.size()));
}

// "star-eval list" of "star-eval list tasks|... [--json]".
std::string_view command_name(std::string_view usage) {
  return usage.substr(0, usage.find(' ', usage.find(' ') + 1));
}

// "--limit N". The default that the library would add stands in the description, in words.
std::string usage_of(const po::option_description& option) {
  std::string usage = "--" + option.long_name();
  if (option.semantic()->max_tokens() == 0) return usage;
  const std::string value = option.semantic()->name();
  return usage + " " + value.substr(0, value.find(" (="));
}

void add_settings(std::string_view list, Arguments& out) {
  for (const std::string_view pair : split(list, ','))
    if (!trim(pair).empty()) out.push_back("--set=" + std::string(trim(pair)));
}

}  // namespace

OptionParser::OptionParser(std::string usage, std::string examples)
    : usage_(std::move(usage)),
      examples_(std::move(examples)),
      options_("options", kHelpColumns, kHelpColumns / 2) {
  options_.add_options()("help,h", "say this");
}

Result<void> OptionParser::parse(const Arguments& arguments) {
  try {
    namespace style = po::command_line_style;
    po::store(po::command_line_parser(with_known_aliases(arguments))
                  .options(options_)
                  .positional(positional_)
                  .style(style::unix_style & ~style::allow_guessing)
                  .run(),
              values_);
  } catch (const po::error& failure) {
    return make_error(ErrorCode::usage, "{}; `{} --help` lists the options", failure.what(),
                      command_name(usage_));
  }
  help_ = has("help");
  if (help_) print_help();
  return {};
}

void OptionParser::print_help() const {
  std::string text;
  for (const auto& option : options_.options()) {
    if (option->long_name() == "help" || option->description().empty()) continue;
    fmt::format_to(std::back_inserter(text), "  {:<24} {}\n", usage_of(*option),
                   option->description());
  }
  fmt::print("usage: {}\n\noptions:\n{}\nexamples:\n{}", usage_, text, examples_);
}

std::string OptionParser::text(const char* name) const {
  return has(name) ? values_[name].as<std::string>() : std::string();
}

std::vector<std::string> OptionParser::texts(const char* name) const {
  return has(name) ? values_[name].as<std::vector<std::string>>() : std::vector<std::string>();
}

Result<std::uint64_t> OptionParser::number(const char* name, std::uint64_t low,
                                           std::uint64_t high) const {
  const std::string given = text(name);
  std::uint64_t value = 0;
  const auto [end, failure] = std::from_chars(given.data(), given.data() + given.size(), value);
  if (failure != std::errc{} || end != given.data() + given.size() || value < low || value > high)
    return make_error(ErrorCode::usage, "--{}: expected a whole number from {} to {}, found \"{}\"",
                      name, low, high, given);
  return value;
}

Arguments with_known_aliases(const Arguments& arguments) {
  constexpr std::string_view kModelArgs = "--model-args";
  Arguments out;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == kModelArgs && i + 1 < arguments.size()) add_settings(arguments[++i], out);
    else if (argument.starts_with("--model-args="))
      add_settings(std::string_view(argument).substr(kModelArgs.size() + 1), out);
    else out.push_back(translate(argument));
  }
  return out;
}

Result<std::map<std::string, std::string>> parse_pairs(const char* name,
                                                       const std::vector<std::string>& pairs) {
  std::map<std::string, std::string> settings;
  for (const std::string& pair : pairs) {
    const auto at = pair.find('=');
    if (at == std::string::npos || at == 0)
      return make_error(ErrorCode::usage, "--{}: expected key=value, found \"{}\"", name, pair);
    settings[pair.substr(0, at)] = pair.substr(at + 1);
  }
  return settings;
}

}  // namespace stareval::app
