#include "training/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "libstareval/base/file.h"
#include "libstareval/base/file_stream.h"
#include "libstareval/data/dataset_internal.h"
#include "libstareval/data/dataset_stream.h"
#include "training/pictures.h"

namespace stareval::training {
namespace {

namespace fs = std::filesystem;

constexpr const char* kInfo = "dataset_info.json";

// Names of datasets may hold anything; those of files and of LLaMA-Factory's datasets may not (a
// comma parts the latter).
bool is_plain(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
}

Result<std::string> row_file_name(const ExportOptions& options) {
  if (options.name.empty()) {
    STAREVAL_TRY(const json::object manifest, read_dataset_manifest(options.dataset));
    ObjectReader in(manifest, (options.dataset / "dataset.json").string());
    std::string name =
        fmt::format("{}_{}_{}", in.string("name"), options.split, to_string(options.mode));
    STAREVAL_CHECK(in.status());
    std::replace_if(
        name.begin(), name.end(), [](char c) { return !is_plain(c); }, '-');
    return name;
  }
  if (!std::all_of(options.name.begin(), options.name.end(), is_plain))
    return make_error(ErrorCode::usage,
                      "--name: expected letters, digits, '.', '-' and '_', found \"{}\"",
                      options.name);
  return options.name;
}

Result<json::object> read_info(const fs::path& path) {
  if (!file_exists(path)) return json::object();
  STAREVAL_TRY(const std::string text, read_file(path));
  return parse_json_object(text, path.string());
}

// How rows name pictures.
class PictureNames {
 public:
  explicit PictureNames(const ExportOptions& options) : options_(options) {
    std::error_code ignored;  // then the path stays as it was given
    const fs::path out = fs::weakly_canonical(options.out, ignored);
    dataset_ = fs::weakly_canonical(options.dataset, ignored);
    if (options.pictures == Pictures::relative) dataset_ = dataset_.lexically_relative(out);
  }

  [[nodiscard]] Result<std::string> name(const Sample& sample, const Image& image) const {
    const fs::path source = options_.dataset / image.path;
    if (!file_exists(source))
      return make_error(ErrorCode::io,
                        "sample {}: the picture {} is missing; restore it, or make the dataset "
                        "anew",
                        sample.id, source.string());
    if (options_.pictures != Pictures::copy) return (dataset_ / image.path).generic_string();
    STAREVAL_CHECK(
        copy_picture({source, image.digest}, options_.out / image.path, options_.overwrite));
    return image.path;
  }

 private:
  const ExportOptions& options_;
  fs::path dataset_;
};

class Export {
 public:
  Export(const Registry& registry, const ExportOptions& options, FileWriter writer)
      : registry_(registry), options_(options), pictures_(options), writer_(std::move(writer)) {}

  Result<void> add(const Sample& sample) {
    if (!is_wanted(sample.task)) return {};
    STAREVAL_TRY(const Protocol* const protocol, protocol_of(sample.task));
    RowResult result = make_row(sample, *protocol, options_.mode);
    if (result.fault != RowFault::none) {
      note(result.fault, sample);
      return {};
    }
    for (const Image& image : sample.images) {
      STAREVAL_TRY(std::string name, pictures_.name(sample, image));
      result.row.images.push_back(std::move(name));
    }
    ++rows_;
    escaped_ += result.row.escaped ? 1 : 0;
    return writer_.write(to_json(options_.format->row(result.row)) + "\n");
  }

  // Put the file in place, or say why it is not.
  Result<ExportReport> finish(const Dataset& dataset, fs::path file) {
    if (!faults_.empty()) return fault_error(dataset);
    if (rows_ == 0)
      return make_error(ErrorCode::usage, "dataset {}: no sample of {} in its split {}",
                        dataset.name, fmt::join(options_.tasks, ", "), dataset.split);
    STAREVAL_CHECK(writer_.commit());
    return ExportReport{std::move(file), rows_, escaped_};
  }

 private:
  struct Fault {
    std::size_t count = 0;
    std::string first;  // id of a sample
  };

  [[nodiscard]] bool is_wanted(const std::string& task) const {
    return options_.tasks.empty() ||
           std::find(options_.tasks.begin(), options_.tasks.end(), task) != options_.tasks.end();
  }

  Result<const Protocol*> protocol_of(const std::string& task) {
    auto& protocol = protocols_[task];
    if (!protocol) {
      STAREVAL_TRY(protocol, registry_.protocol_for_task(task, {.mode = options_.mode}));
    }
    return protocol.get();
  }

  void note(RowFault fault, const Sample& sample) {
    Fault& noted = faults_[fault];
    if (noted.count++ == 0) noted.first = sample.id;
  }

  [[nodiscard]] Error fault_error(const Dataset& dataset) const {
    std::string reasons;
    for (const auto& [fault, noted] : faults_)
      reasons += fmt::format("{}{} samples: {} (first: {})", reasons.empty() ? "" : "; ",
                             noted.count, to_string(fault), noted.first);
    return make_error(
        ErrorCode::bad_data,
        "dataset {}: split {} cannot be exported in the mode {}: {}; nothing was "
        "written{}",
        dataset.name, dataset.split, to_string(options_.mode), reasons,
        faults_.contains(RowFault::no_rationale) ? "; --mode direct needs no rationale" : "");
  }

  const Registry& registry_;
  const ExportOptions& options_;
  PictureNames pictures_;
  FileWriter writer_;
  std::map<std::string, std::unique_ptr<Protocol>> protocols_;  // by task
  std::map<RowFault, Fault> faults_;
  std::size_t rows_ = 0;
  std::size_t escaped_ = 0;
};

}  // namespace

Result<Pictures> parse_pictures(std::string_view text) {
  if (text == "relative") return Pictures::relative;
  if (text == "absolute") return Pictures::absolute;
  if (text == "copy") return Pictures::copy;
  return make_error(ErrorCode::usage, "--images: expected relative, absolute or copy, found \"{}\"",
                    text);
}

Result<ExportReport> export_split(const Registry& registry, const ExportOptions& options) {
  if (options.out.empty())
    return make_error(ErrorCode::usage, "export: expected a folder for --out");
  STAREVAL_TRY(const std::string name, row_file_name(options));
  const fs::path file = options.out / (name + ".jsonl");
  if (file_exists(file) && !options.overwrite)
    return make_error(ErrorCode::usage,
                      "{} is there already; choose another --out or --name, or give --force",
                      file.string());
  STAREVAL_TRY(json::object info, read_info(options.out / kInfo));
  STAREVAL_TRY(FileWriter writer, FileWriter::open(file));
  Export rows(registry, options, std::move(writer));
  STAREVAL_TRY(const Dataset dataset,
               stream_dataset(options.dataset, options.split,
                              [&](const Sample& sample) { return rows.add(sample); }));
  STAREVAL_TRY(ExportReport report, rows.finish(dataset, file));
  if (options.format->info != nullptr) {
    info[name] = options.format->info(file.filename().string());
    STAREVAL_CHECK(write_file_atomic(options.out / kInfo, to_pretty_json(info)));
  }
  return report;
}

}  // namespace stareval::training
