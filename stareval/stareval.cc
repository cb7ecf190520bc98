#include "stareval/stareval.h"

#include "backends/backends.h"
#include "protocols/protocols.h"
#include "reports/reports.h"

namespace stareval {

Registry make_registry() {
  Registry registry;
  register_protocols(registry);
  register_backends(registry);
  register_reports(registry);
  return registry;
}

}  // namespace stareval
