// Writes a dataset for measurements of sending: samples that share some pictures of noise.
//     make_send_dataset FOLDER [SAMPLES [PICTURES [PICTURE_BYTES]]]   by default 2000, 200, 150000
// The pictures are PNG files of random grey, so that nothing can be compressed; the same bytes each
// time.
#include <fmt/format.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"
#include "libstareval/base/random.h"
#include "libstareval/data/dataset.h"
#include "tests/support/make_png.h"

namespace stareval {
namespace {

// Bytes behind the end of a PNG file are no part of it, and readers ignore them: the way to a file
// of an exact size that no compressor of a transport could shrink.
std::string noise_picture(std::uint64_t seed, std::size_t size) {
  std::string bytes = testing::make_png(64, 64);
  Random random(seed);
  while (bytes.size() < size) bytes += static_cast<char>(random.below(256));
  return bytes;
}

Result<std::vector<Image>> write_pictures(const std::filesystem::path& folder, std::size_t count,
                                          std::size_t size) {
  std::vector<Image> images;
  STAREVAL_CHECK(make_folders(folder / "images"));
  for (std::size_t i = 0; i < count; ++i) {
    const std::string bytes = noise_picture(i, size);
    const std::string path = fmt::format("images/{:04}.png", i);
    STAREVAL_CHECK(write_file(folder / path, bytes));
    images.push_back({path, sha256(bytes), 64, 64});
  }
  return images;
}

Sample sample_of(std::size_t number, const Image& image) {
  Sample sample;
  sample.id = fmt::format("EC-{:06}", number);
  sample.task = "EC";
  sample.question = "How many entities are there in the picture?";
  sample.gold = CountGold{4};
  sample.graph = {{{"France", true}, {"Paris", false}, {"Spain", false}, {"Madrid", false}},
                  {{"France", "capital", "Paris"}, {"Spain", "capital", "Madrid"}}};
  sample.cluster = sample.id;
  sample.split = "test";
  sample.images = {image};
  return sample;
}

Result<void> write(const std::filesystem::path& folder, std::size_t samples, std::size_t pictures,
                   std::size_t size) {
  STAREVAL_TRY(const auto images, write_pictures(folder, pictures, size));
  SplitWriter writer(folder, "test");
  STAREVAL_CHECK(writer.open());
  for (std::size_t i = 0; i < samples; ++i)
    STAREVAL_CHECK(writer.add(sample_of(i, images[i % pictures])));
  STAREVAL_TRY(const SplitInfo info, writer.publish());
  STAREVAL_CHECK(write_dataset_manifest(folder, "send", "1", {}, std::vector<SplitInfo>{info}));
  writer.settle();
  return {};
}

}  // namespace
}  // namespace stareval

int main(int argc, char** argv) {
  const auto number = [&](int i, std::size_t otherwise) {
    return argc > i ? static_cast<std::size_t>(std::strtoull(argv[i], nullptr, 10)) : otherwise;
  };
  if (argc < 2) {
    fmt::print(stderr, "usage: make_send_dataset FOLDER [SAMPLES [PICTURES [PICTURE_BYTES]]]\n");
    return 2;
  }
  const auto written =
      stareval::write(argv[1], number(2, 2000), number(3, 200), number(4, 150'000));
  if (written.has_value()) return 0;
  fmt::print(stderr, "{}\n", written.error().message);
  return 3;
}
