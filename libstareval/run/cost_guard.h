// Who says whether an attempt may be sent: the runner asks before each attempt and tells what came
// of it, so that it knows no prices.
// Thread  the runner's only.
#pragma once

#include "libstareval/model/reply.h"
#include "libstareval/model/request.h"

namespace stareval {

class CostGuard {
 public:
  virtual ~CostGuard() = default;

  // Whether the attempt may be sent. Called once an attempt, before it. After a refusal the same
  // request may be asked for again: what settles in between may make room for it.
  virtual bool admit(const Request& request) = 0;

  // Called once for each attempt that was admitted, when its reply is there.
  virtual void settle(const Request& request, const Reply& reply) = 0;
};

}  // namespace stareval
