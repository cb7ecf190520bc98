// Replies made to hurt: for tests that readers and protocols survive, in time linear in the reply.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stareval::extract {

inline std::string repeated(std::string_view text, std::size_t bytes) {
  std::string out;
  out.reserve(bytes + text.size());
  while (out.size() < bytes) out += text;
  return out;
}

// Name and reply, each of about `bytes`.
inline std::vector<std::pair<std::string, std::string>> hostile_replies(std::size_t bytes) {
  using namespace std::string_literals;
  std::vector<std::pair<std::string, std::string>> replies{
      {"empty", ""},
      {"white space", repeated(" \t\n", bytes)},
      {"NULs", std::string(bytes, '\0')},
      {"NULs in an answer",
       "<answer>\0"
       "7\0</answer>"s},
      {"invalid UTF-8", repeated("\xFF\xFE\x80\xC3", bytes)},
      {"cut UTF-8", "The answer is \xE2\x80"},
      {"huge number", repeated("9", bytes)},
      {"huge decimal", "0." + repeated("0", bytes)},
      {"huge exponent", "1e999999999"},
      {"unfinished thinking", "<think>" + repeated("The answer is 7. ", bytes)},
      {"nested objects", repeated("{", bytes / 2) + repeated("}", bytes / 2)},
      {"nested lists", repeated("[", bytes / 2) + repeated("]", bytes / 2)},
      {"JSON bomb", "{\"a\":" + repeated("[", bytes / 2) + repeated("]", bytes / 2) + "}"}};
  constexpr std::string_view kUnits[] = {"a",
                                         "A",
                                         "7",
                                         "7 ",
                                         "-",
                                         "->",
                                         "- -> ",
                                         "(",
                                         ")",
                                         "((,,",
                                         "(,,)",
                                         "<",
                                         ">",
                                         "{",
                                         "}",
                                         "[",
                                         "]",
                                         "\"",
                                         "'",
                                         "*",
                                         "|",
                                         "| | ",
                                         "\\boxed{",
                                         "\\boxed{7}",
                                         "<answer>",
                                         "</answer>",
                                         "<answer>7</answer>",
                                         "<answer>none</answer>",
                                         "<think>",
                                         "</think>",
                                         "<think></think>",
                                         "the answer is ",
                                         "the answer is 7 ",
                                         "answer: A ",
                                         "answer to ",
                                         "St. ",
                                         ". ",
                                         "one ",
                                         "twenty-",
                                         "hundred and ",
                                         "no error. ",
                                         "1. ",
                                         "1.\n",
                                         "A. ",
                                         "A or B ",
                                         "not ",
                                         "head: ",
                                         "head: a relation: b tail: c ",
                                         "{\"head\":1}",
                                         "capital of ",
                                         "France ",
                                         "France, ",
                                         "France borders ",
                                         "(France, borders, Spain) ",
                                         "France -borders-> Spain ",
                                         "option ",
                                         "\xE2\x80\x9C",
                                         "\xE2\x86\x92",
                                         "\xC3\xA9"};
  for (const std::string_view unit : kUnits)
    replies.emplace_back("many " + std::string(unit), repeated(unit, bytes));
  return replies;
}

}  // namespace stareval::extract
