// The same work on several threads.
#pragma once

#include <functional>

namespace stareval {

// Calls work() on `threads` threads, the caller's among them, and returns when all have ended: on
// fewer where the system gives no more. What work() throws first is thrown again here, once all
// have ended. Work that is shared takes its next piece from an atomic number.
void run_on_threads(int threads, const std::function<void()>& work);

}  // namespace stareval
