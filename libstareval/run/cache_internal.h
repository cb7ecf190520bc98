// The inside of a ResponseCache, shared by its sources.
#pragma once

#include <memory>

#include "libstareval/run/cache.h"
#include "libstareval/run/sqlite_internal.h"

namespace stareval {

struct ResponseCache::Impl {
  std::unique_ptr<sqlite::Database> database;
  std::optional<sqlite::Statement> find;
  std::optional<sqlite::Statement> store;
};

}  // namespace stareval
