#include "apps/star_eval/registry.h"

#include "stareval/stareval.h"
#if STAREVAL_HAS_READER
#include "backends/reader/reader.h"
#endif

namespace stareval::app {

Registry app_registry() {
  Registry registry = make_registry();
#if STAREVAL_HAS_READER
  register_reader(registry);
#endif
  return registry;
}

}  // namespace stareval::app
