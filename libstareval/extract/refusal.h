// Whether a reply declines to answer: "I'm sorry, but I can't help with that."
#pragma once

#include <string_view>

namespace stareval {

// True for a short reply that says that its writer cannot or will not help, answer, view the
// picture
// ... Ask only where no answer was found: a reply may decline one thing and answer another. What is
// not seen in the picture ("any error", "an image on any node") declines nothing.
// Cost: linear in the first 600 bytes.
[[nodiscard]] bool is_refusal(std::string_view reply);

}  // namespace stareval
