#include "libstareval/data/dataset_check.h"

#include <algorithm>

#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"
#include "libstareval/data/dataset.h"
#include "libstareval/data/dataset_internal.h"
#include "libstareval/data/picture_check.h"

namespace stareval {
namespace {

namespace fs = std::filesystem;

Result<void> check_image(const fs::path& folder, const Image& image) {
  const fs::path path = folder / image.path;
  if (!file_exists(path))
    return make_error(ErrorCode::io,
                      "picture {}: the file is missing; restore it, or make the dataset "
                      "anew",
                      path.string());
  STAREVAL_TRY(const std::string bytes, read_file(path));
  STAREVAL_TRY(const PictureSize size, check_picture(bytes, path.string()));
  if (const std::string found = sha256(bytes); found != image.digest)
    return make_error(ErrorCode::mismatch, "picture {}: expected the digest {}, found {}",
                      path.string(), image.digest, found);
  if (size.width != 0 && (size.width != image.width || size.height != image.height))
    return make_error(ErrorCode::mismatch, "picture {}: expected {} x {} pixels, found {} x {}",
                      path.string(), image.width, image.height, size.width, size.height);
  return {};
}

SplitCheck check_split(const fs::path& folder, const std::string& split, ObjectReader entry,
                       const SampleFault& fault_of_sample) {
  SplitCheck check{split, 0, 0, {}, {}};
  const auto problem = [&](const Error& error) { check.problems.push_back(error.message); };
  const fs::path path = folder / read_split_file(entry);
  const std::string stated = entry.string_or("digest", "");
  if (const auto status = entry.status(); status.has_error()) {
    problem(status.error());
    return check;
  }
  std::vector<Sample> samples;
  const Result<void> read = read_lines(path, [&](Result<Sample> line) {
    if (line.has_error()) problem(line.error());
    else samples.push_back(std::move(*line));
  });
  if (read.has_error()) problem(read.error());
  check.samples = samples.size();
  if (check.problems.empty() && samples.empty())
    check.problems.push_back(fmt::format("{}: expected samples, found none", path.string()));
  if (check.problems.empty()) check.digest = dataset_digest(samples);
  if (check.problems.empty() && !stated.empty() && stated != check.digest)
    check.problems.push_back(fmt::format(
        "{}: expected the digest {} that dataset.json states, found {}: the file was changed "
        "after it was made",
        path.string(), stated, check.digest));
  for (const Sample& sample : samples) {
    if (const auto fault = fault_of_sample ? fault_of_sample(sample) : std::nullopt)
      check.problems.push_back(fmt::format("{}: sample {}: {}", path.string(), sample.id, *fault));
    for (const Image& image : sample.images) {
      ++check.pictures;
      if (const auto fault = check_image(folder, image); fault.has_error())
        check.problems.push_back(fmt::format("sample {}: {}", sample.id, fault.error().message));
    }
  }
  return check;
}

}  // namespace

bool DatasetCheck::ok() const {
  return std::all_of(splits.begin(), splits.end(),
                     [](const SplitCheck& split) { return split.problems.empty(); });
}

Result<DatasetCheck> check_dataset(const fs::path& folder, const SampleFault& fault_of_sample) {
  STAREVAL_TRY(const json::object manifest, read_dataset_manifest(folder));
  ObjectReader in(manifest, (folder / "dataset.json").string());
  DatasetCheck check{in.string("name"), {}};
  const json::object& splits = in.object_or_empty("splits");
  if (splits.empty()) in.fail("splits", "at least one split", "none");
  STAREVAL_CHECK(in.status());
  for (const auto& entry : splits) {
    const std::string split(entry.key());
    ObjectReader of_split(manifest, (folder / "dataset.json").string());
    check.splits.push_back(
        check_split(folder, split, of_split.child("splits").child(split), fault_of_sample));
  }
  return check;
}

}  // namespace stareval
