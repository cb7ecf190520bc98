// The backend "gemini": generateContent of the Gemini API.
// Key         GEMINI_API_KEY, else GOOGLE_API_KEY; sent as a header, never in the URL; optional
//             where the base URL is not below googleapis.com.
// Base URL    --base-url, else GEMINI_BASE_URL, else https://generativelanguage.googleapis.com ;
//             with its version at the end, else /v1beta is added
// Settings    timeout_s, sample_header (README.md)
#pragma once

#include <memory>

#include "libstareval/base/result.h"
#include "libstareval/model/backend.h"
#include "libstareval/run/registry.h"

namespace stareval {

inline constexpr const char* kGeminiModel = "gemini-3.8-flash";

// Errors  usage: no key, a wrong base URL or setting. Opens no connection.
[[nodiscard]] Result<std::unique_ptr<Backend>> make_gemini(const BackendConfig& config);

void register_gemini(Registry& registry);

}  // namespace stareval
