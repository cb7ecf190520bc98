// The backend "reader": looks at the picture of a request with classical vision (letters by
// Tesseract's network), and answers from what it saw and the question's words. No language model;
// nothing is sent, and no key and no GPU are needed.
//   --set guess=first   answers also where it cannot know
//   --set threads=N     engines that read side by side; one a core by default
// Thread  submit() hands the request to a thread of the backend, on which the completion is called.
//         Nothing of the caller's threads is changed; but from the first picture on OpenCV is set
//         to one thread in the whole process (cv::setNumThreads).
#pragma once

#include <memory>

#include "libstareval/base/result.h"
#include "libstareval/model/backend.h"
#include "libstareval/run/registry.h"

namespace stareval {

// Errors  usage: an unknown setting, a base URL.  io: the data of the text recogniser is not
// installed.
[[nodiscard]] Result<std::unique_ptr<Backend>> make_reader(const BackendConfig& config);

void register_reader(Registry& registry);

}  // namespace stareval
