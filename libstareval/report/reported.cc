#include "libstareval/report/reported.h"

#include <utility>

#include "libstareval/base/file.h"
#include "libstareval/base/json.h"

namespace stareval {
namespace {

constexpr const char* kSchema = "stareval.reported/1";

double read_percent(ObjectReader& in, std::string_view key) {
  const double percent = in.number(key);
  if (!(percent >= 0 && percent <= 100))
    in.fail(key, "a percentage from 0 to 100", fmt::format("{}", percent));
  return percent / 100;
}

ReportedRow read_row(ObjectReader in, ObjectReader& metrics) {
  ReportedRow row;
  row.model = in.string("model");
  ObjectReader tasks = in.child("tasks");
  for (const auto& entry : in.object_or_empty("tasks"))
    row.tasks[std::string(entry.key())] = {read_percent(tasks, entry.key()),
                                           metrics.string(entry.key())};
  if (in.has("average")) row.average = read_percent(in, "average");
  return row;
}

}  // namespace

Result<Reported> read_reported(const std::filesystem::path& file) {
  STAREVAL_TRY(const std::string text, read_file(file));
  STAREVAL_TRY(const json::object document, parse_json_object(text, file.string()));
  ObjectReader in(document, file.string());
  if (const std::string schema = in.string("schema"); schema != kSchema)
    in.fail("schema", fmt::format("\"{}\"", kSchema), "\"" + schema + "\"");
  Reported reported{in.string("source"), in.string("note"), {}};
  ObjectReader metrics = in.child("metrics");
  const json::array& rows = in.array("rows");
  for (std::size_t i = 0; i < rows.size(); ++i)
    reported.rows.push_back(read_row(in.element("rows", i, rows[i]), metrics));
  STAREVAL_CHECK(in.status());
  return reported;
}

}  // namespace stareval
