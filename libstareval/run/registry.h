// What plug-ins there are: protocols, backends and reports, by name. Filled by register_<folder>()
// functions that the build collects (cmake/plugins.cmake); no static initialisers, no central list.
// Thread  fill it in one thread; reading is then safe from any.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/model/backend.h"
#include "libstareval/protocol/protocol.h"
#include "libstareval/report/reporter.h"

namespace stareval {

struct BackendEntry {
  std::string summary;        // one line for `star-eval list`
  std::string default_model;  // "" where the user must name one
  BackendFactory make;
};

struct ReporterEntry {
  std::string summary;
  ReporterFactory make = nullptr;
};

class Registry {
 public:
  // A name or a task that is taken throws std::logic_error: two plug-ins would answer to it.
  void add_protocol(ProtocolFactory make);  // named by its info().name
  void add_backend(const std::string& name, BackendEntry entry);
  void add_reporter(const std::string& name, ReporterEntry entry);

  // usage, with the names there are, where the name is unknown.
  [[nodiscard]] Result<const BackendEntry*> backend(std::string_view name) const;
  [[nodiscard]] Result<const ReporterEntry*> reporter(std::string_view name) const;
  [[nodiscard]] Result<std::unique_ptr<Protocol>> protocol_for_task(
      std::string_view task, const ProtocolOptions& options) const;

  // Every task that a protocol scores: the eight of STAR in the order of the paper, then others.
  [[nodiscard]] std::vector<std::string> tasks() const;

  using Protocols = std::map<std::string, ProtocolFactory, std::less<>>;
  using Backends = std::map<std::string, BackendEntry, std::less<>>;
  using Reporters = std::map<std::string, ReporterEntry, std::less<>>;
  [[nodiscard]] const Protocols& protocols() const { return protocols_; }
  [[nodiscard]] const Backends& backends() const { return backends_; }
  [[nodiscard]] const Reporters& reporters() const { return reporters_; }

 private:
  Protocols protocols_;
  Backends backends_;
  Reporters reporters_;
};

}  // namespace stareval
