// Is a dataset a fair test: all that can be found without asking a model.
// What is looked for, and what each number means: docs/audit.md.
// Thread  pure functions.
#pragma once

#include <string>
#include <vector>

#include "engine/audit/balance.h"
#include "engine/audit/checks.h"
#include "engine/audit/input.h"
#include "engine/audit/priors.h"

namespace stareval::engine {

struct SplitAudit {
  std::string name;
  std::size_t samples = 0;
  std::size_t pictures = 0;  // files that were opened
  std::vector<TaskBalance> tasks;
};

struct PositionTest {
  std::string split;
  std::string task;
  ChiSquare test;
  double adjusted = 1;  // p, for the number of tests
};

struct Audit {
  std::string name;
  std::vector<SplitAudit> splits;
  std::vector<Check> checks;
  std::vector<PositionTest> positions;
  std::vector<Prior> priors;
  std::vector<std::string> notes;

  // How many checks, position tests and priors failed. 0: the dataset passes.
  [[nodiscard]] std::size_t failures() const;
};

[[nodiscard]] bool fails(const PositionTest& test);

// Cost  about 20 us a sample, and a second at most for each prior that is above chance.
[[nodiscard]] Audit audit(const AuditInput& input);

}  // namespace stareval::engine
