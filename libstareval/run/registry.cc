#include "libstareval/run/registry.h"

#include <algorithm>
#include <stdexcept>

namespace stareval {
namespace {

template <class Map, class Entry>
void add(Map& map, const std::string& kind, const std::string& name, Entry entry) {
  if (!map.emplace(name, std::move(entry)).second)
    throw std::logic_error("two " + kind + " plug-ins are named " + name);
}

template <class Map>
std::string names_of(const Map& map) {
  std::string names;
  for (const auto& [name, entry] : map) names += (names.empty() ? "" : ", ") + name;
  return names.empty() ? "none" : names;
}

template <class Map>
auto find(const Map& map, std::string_view kind, std::string_view name)
    -> Result<const typename Map::mapped_type*> {
  const auto hit = map.find(name);
  if (hit == map.end())
    return make_error(ErrorCode::usage, "no {} is named \"{}\"; there are: {}", kind, name,
                      names_of(map));
  return &hit->second;
}

}  // namespace

void Registry::add_protocol(ProtocolFactory make) {
  add(protocols_, "protocol", make({})->info().name, make);
}

void Registry::add_backend(const std::string& name, BackendEntry entry) {
  add(backends_, "backend", name, std::move(entry));
}

void Registry::add_reporter(const std::string& name, ReporterEntry entry) {
  add(reporters_, "report", name, std::move(entry));
}

Result<const BackendEntry*> Registry::backend(std::string_view name) const {
  return find(backends_, "backend", name);
}

Result<const ReporterEntry*> Registry::reporter(std::string_view name) const {
  return find(reporters_, "report format", name);
}

Result<std::unique_ptr<Protocol>> Registry::protocol_for_task(
    std::string_view task, const ProtocolOptions& options) const {
  for (const auto& [name, make] : protocols_) {
    auto protocol = make(options);
    const auto tasks = protocol->info().tasks;
    if (std::find(tasks.begin(), tasks.end(), task) != tasks.end()) return protocol;
  }
  return make_error(ErrorCode::usage, "no protocol scores the task \"{}\"; there are: {}", task,
                    names_of(protocols_));
}

}  // namespace stareval
