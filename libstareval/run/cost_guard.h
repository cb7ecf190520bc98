// Whether an attempt may be paid for. The runner asks before it sends, and says what came of it.
// Thread  the runner's alone.
#pragma once

#include "libstareval/model/reply.h"
#include "libstareval/model/request.h"

namespace stareval {

class CostGuard {
 public:
  virtual ~CostGuard() = default;

  // Whether the attempt may be sent: what it can cost at most is then set aside. Called once before
  // each attempt.
  virtual bool admit(const Request& request) = 0;

  // Called once for each admitted attempt, with what came of it.
  virtual void settle(const Request& request, const Reply& reply) = 0;
};

}  // namespace stareval
