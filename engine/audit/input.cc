#include "engine/audit/input.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "engine/audit/pictures.h"
#include "libstareval/base/file.h"
#include "libstareval/data/dataset.h"
#include "libstareval/data/dataset_internal.h"
#include "libstareval/data/m3str.h"

namespace stareval::engine {
namespace {

namespace fs = std::filesystem;

bool wanted(const AuditSource& source, const std::string& split) {
  return source.splits.empty() ||
         std::find(source.splits.begin(), source.splits.end(), split) != source.splits.end();
}

Result<void> all_found(const AuditSource& source, const AuditInput& input) {
  for (const std::string& name : source.splits)
    if (std::none_of(input.splits.begin(), input.splits.end(),
                     [&](const AuditSplit& split) { return split.name == name; }))
      return make_error(ErrorCode::usage, "--split: {} has no split \"{}\"", input.name, name);
  return {};
}

Result<AuditSplit> read_split(const AuditSource& source, const std::string& name,
                              ObjectReader entry, Names& names) {
  AuditSplit split;
  split.name = name;
  const fs::path file = source.path / read_split_file(entry);
  STAREVAL_CHECK(entry.status());
  const std::string stated = entry.string_or("digest", "");
  DatasetDigest digest;
  STAREVAL_CHECK(read_lines(file, [&](Result<Sample> line) {
    if (line.has_error()) return split.unreadable.push_back(line.error().message);
    digest.add(*line);
    split.items.push_back(audit_item(*line, names));
  }));
  if (split.items.empty() && split.unreadable.empty())
    split.unreadable.push_back(fmt::format("{}: expected samples, found none", file.string()));
  if (const std::string found = digest.finish();
      split.unreadable.empty() && !stated.empty() && found != stated)
    split.unreadable.push_back(fmt::format(
        "{}: expected the digest {} that dataset.json states, found {}: the file was changed after "
        "it was made",
        file.string(), stated, found));
  if (source.open_pictures) read_pictures(source.path, source.threads, split);
  return split;
}

Result<AuditInput> read_dataset_folder(const AuditSource& source) {
  STAREVAL_TRY(const json::object manifest, read_dataset_manifest(source.path));
  const std::string where = (source.path / "dataset.json").string();
  ObjectReader in(manifest, where);
  AuditInput input;
  input.name = in.string("name");
  const json::object& splits = in.object_or_empty("splits");
  if (splits.empty()) in.fail("splits", "at least one split", "none");
  STAREVAL_CHECK(in.status());
  Names names;
  for (const auto& entry : splits) {
    const std::string name(entry.key());
    if (!wanted(source, name)) continue;
    ObjectReader of_split(manifest, where);
    STAREVAL_TRY(AuditSplit split,
                 read_split(source, name, of_split.child("splits").child(name), names));
    input.splits.push_back(std::move(split));
  }
  if (!source.open_pictures)
    input.notes.push_back(
        "pictures were not opened: whether they are whole, and what their file "
        "sizes tell, was not checked");
  return input;
}

void note(const std::string& file, const char* what,
          const std::map<std::string, std::size_t>& counts, AuditInput& input) {
  std::string text;
  for (const auto& [name, count] : counts)
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", name, count);
  if (!text.empty()) input.notes.push_back(fmt::format("{}: {} {}", file, what, text));
}

// A split a file: what it holds is told from its name.
void add_m3str(const std::string& name, const M3strFile& file, Names& names, AuditInput& input) {
  AuditSplit split;
  split.name = name;
  for (const Sample& sample : file.samples) split.items.push_back(audit_item(sample, names));
  note(name, "not in the file:", file.loss.defaulted, input);
  note(name, "not taken over:", file.loss.dropped, input);
  note(name, "kept, though odd:", file.loss.noted, input);
  input.splits.push_back(std::move(split));
}

Result<AuditInput> read_m3str_file(const AuditSource& source) {
  AuditInput input;
  input.are_splits = false;
  input.name = source.path.filename().string();
  Names names;
  STAREVAL_TRY(const M3strFile file, read_m3str(source.path));
  const std::string name = source.path.stem().string();
  if (wanted(source, name)) add_m3str(name, file, names, input);
  return input;
}

// Files of other forms (pictures, answers of models) are passed over.
Result<AuditInput> read_m3str_folder(const AuditSource& source) {
  AuditInput input;
  input.are_splits = false;
  input.name = source.path.filename().empty() ? source.path.parent_path().filename().string()
                                              : source.path.filename().string();
  std::vector<fs::path> files;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(source.path, failure))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  Names names;
  for (const fs::path& path : files) {
    STAREVAL_TRY(const std::string text, read_file(path));
    STAREVAL_TRY(const json::value document, parse_json(text, path.string()));
    if (!is_m3str(document) || !wanted(source, path.stem().string())) continue;
    STAREVAL_TRY(const M3strFile file, m3str_from_json(document, path.string()));
    add_m3str(path.stem().string(), file, names, input);
  }
  if (input.splits.empty() && source.splits.empty())
    return make_error(ErrorCode::usage,
                      "{}: neither a dataset (no dataset.json there) nor a folder with files of "
                      "M3STR",
                      source.path.string());
  return input;
}

}  // namespace

Result<AuditInput> read_for_audit(const AuditSource& source) {
  std::error_code failure;
  const bool folder = fs::is_directory(source.path, failure);
  Result<AuditInput> input = !folder ? read_m3str_file(source)
                             : file_exists(source.path / "dataset.json")
                                 ? read_dataset_folder(source)
                                 : read_m3str_folder(source);
  if (input.has_value()) STAREVAL_CHECK(all_found(source, *input));
  return input;
}

}  // namespace stareval::engine
