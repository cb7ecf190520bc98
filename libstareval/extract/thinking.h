// Cuts thinking out of a reply, so that no answer is read in it.
#pragma once

#include <string>
#include <string_view>

namespace stareval::extract {

// A copy of the same length in which each byte of thinking, tags included, is a line feed.
//     <think> ... </think>    also <thinking>, <thought>, <reasoning>, any case
//     <think> ...             unfinished: to the end of the reply
//     ... </think>            a close without an open (the open stood in the prompt): all before it
// Tags do not nest. Cost: linear.
[[nodiscard]] std::string without_thinking(std::string_view reply);

// What without_thinking() blanks, less the tags: the chain of thought of a reply, "" where it has
// none. Cost: linear.
[[nodiscard]] std::string thinking_of(std::string_view reply);

// Whether a text holds a tag that parts thinking from answers, which no text between such tags may:
// those above, and <answer>, each also as </...>, in any case.
[[nodiscard]] bool has_reply_tags(std::string_view text);

// A copy of the same length in which each byte of such a tag is a line feed; what stands between
// tags stays. Cost: linear.
[[nodiscard]] std::string without_reply_tags(std::string_view text);

}  // namespace stareval::extract
