#include "libstareval/run/registry.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "libstareval/tasks/task.h"

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
  const ProtocolInfo info = make({})->info();
  const std::vector<std::string> taken = tasks();
  for (const std::string& task : info.tasks)
    if (std::find(taken.begin(), taken.end(), task) != taken.end())
      throw std::logic_error("two protocol plug-ins score the task " + task);
  add(protocols_, "protocol", info.name, make);
}

std::vector<std::string> Registry::tasks() const {
  std::set<std::string> all;
  for (const auto& [name, make] : protocols_) {
    const std::vector<std::string> of_protocol = make({})->info().tasks;
    all.insert(of_protocol.begin(), of_protocol.end());
  }
  std::vector<std::string> ordered;
  for (const std::string& id : known_task_ids())
    if (all.erase(id) > 0) ordered.push_back(id);
  ordered.insert(ordered.end(), all.begin(), all.end());
  return ordered;
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
    const auto scored = protocol->info().tasks;
    if (std::find(scored.begin(), scored.end(), task) != scored.end()) return protocol;
  }
  return make_error(ErrorCode::usage, "no protocol scores the task \"{}\"; there are: {}", task,
                    fmt::join(tasks(), ", "));
}

}  // namespace stareval
