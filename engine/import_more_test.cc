// The lines of tests/data/more with four pictures that are drawn here, from the files to a dataset;
// refusals that leave what is there as it was.
#include "engine/import_more.h"

#include <gtest/gtest.h>
#include <turbojpeg.h>

#include <fstream>
#include <map>
#include <set>

#include "engine/draw/crop.h"
#include "engine/draw/picture_decoder.h"
#include "libstareval/base/digest.h"
#include "libstareval/base/file.h"
#include "libstareval/data/dataset_check.h"
#include "libstareval/tasks/sample_check.h"
#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval::engine {
namespace {

namespace fs = std::filesystem;
using testing::error_code;
using testing::error_text;
using testing::read_bytes;
using testing::TempFolder;
using testing::write_bytes;

// A colour a quarter: red, green / blue, white.
Bitmap quarters(int width, int height) {
  Bitmap bitmap{width, height, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const bool right = x >= width / 2;
      const bool low = y >= height / 2;
      bitmap.pixels.push_back(low ? (right ? 0xffffffffU : 0xff0000ffU)
                                  : (right ? 0xff00ff00U : 0xffff0000U));
    }
  return bitmap;
}

std::string jpeg_of(const Bitmap& bitmap) {
  const tjhandle handle = tjInitCompress();
  unsigned char* out = nullptr;
  unsigned long size = 0;
  tjCompress2(handle, reinterpret_cast<const unsigned char*>(bitmap.pixels.data()), bitmap.width,
              bitmap.width * 4, bitmap.height, TJPF_BGRA, &out, &size, TJSAMP_444, 95, 0);
  std::string bytes(reinterpret_cast<const char*>(out), size);
  tjFree(out);
  tjDestroy(handle);
  return bytes;
}

class ImportMore : public ::testing::Test {
 protected:
  ImportMore() {
    for (const char* name : {"bridge.png", "match.png", "prize.png"})
      write_bytes(folder_ / "pictures" / name, encode_crop(quarters(640, 400), {0, 0, 640, 400}));
    write_bytes(folder_ / "pictures" / "harbour.jpg", jpeg_of(quarters(1200, 800)));
  }

  [[nodiscard]] ImportOptions options(int threads = 1, const std::string& out = "out") const {
    return {fs::path(STAREVAL_TEST_SOURCE_DIR) / "tests" / "data" / "more" / "test.txt",
            folder_ / "pictures",
            "test",
            "more",
            folder_ / out,
            threads};
  }

  [[nodiscard]] Dataset dataset(const std::string& out = "out") const {
    return read_dataset(folder_ / out, "test").value();
  }

  TempFolder folder_;
};

TEST_F(ImportMore, MakesADatasetThatHasNoFault) {
  const auto report = import_more(options());
  ASSERT_TRUE(report) << error_text(report);
  EXPECT_EQ(report->split.samples, 12U);
  EXPECT_EQ(report->pictures, 4U);
  EXPECT_EQ(report->crops, 8U) << "1 + 3 + 1 + 3 objects";
  EXPECT_EQ(report->loss.noted.at("labels by an alias"), 1U);
  const Dataset made = dataset();
  EXPECT_EQ(made.name, "more");
  EXPECT_EQ(made.digest, report->split.digest);
  for (const Sample& sample : made.samples) {
    EXPECT_FALSE(fault_of(sample)) << *fault_of(sample);
    ASSERT_EQ(sample.images.size(), 2U);
    for (const Image& image : sample.images)
      EXPECT_EQ(image.digest, sha256(read_bytes(made.folder / image.path))) << image.path;
  }
}

TEST_F(ImportMore, CopiesThePicturesAsTheyAre) {
  ASSERT_TRUE(import_more(options()));
  for (const char* name : {"bridge.png", "harbour.jpg"})
    EXPECT_EQ(read_bytes(folder_ / "out/images/test/pictures" / name),
              read_bytes(folder_ / "pictures" / name));
}

TEST_F(ImportMore, CutsTheObjectOut) {
  ASSERT_TRUE(import_more(options()));
  const Dataset made = dataset();
  const auto crop_of = [&](std::size_t i) {
    const Image& image = made.samples[i].images[1];
    const Bitmap crop =
        decode_whole_picture(read_bytes(made.folder / image.path), image.path).value();
    EXPECT_EQ(crop.width, image.width);
    EXPECT_EQ(crop.height, image.height);
    return crop;
  };
  const Bitmap middle = crop_of(0);  // centre of the whole, half its sides
  EXPECT_EQ(middle.width, 320);
  EXPECT_EQ(middle.height, 200);
  EXPECT_EQ(middle.pixels.front(), 0xffff0000U);
  EXPECT_EQ(middle.pixels.back(), 0xffffffffU);
  const Bitmap left = crop_of(1);  // the left half
  EXPECT_EQ(left.width, 320);
  EXPECT_EQ(left.height, 400);
  EXPECT_EQ(left.pixels.back(), 0xff0000ffU);
  EXPECT_EQ(crop_of(4).width, 1200) << "larger than pictures of nodes may be";
  EXPECT_EQ(crop_of(6).width, 160) << "from 0 to 0.25: what sticks out is cut";
}

TEST_F(ImportMore, SharesTheCropsOfAnObject) {
  ASSERT_TRUE(import_more(options()));
  const Dataset made = dataset();
  EXPECT_EQ(made.samples[6].images[1].path, made.samples[9].images[1].path);
  EXPECT_NE(made.samples[6].images[1].path, made.samples[7].images[1].path);
}

TEST_F(ImportMore, GivesTheSameBytesWithAnyNumberOfThreads) {
  const auto one = import_more(options(1, "one"));
  const auto four = import_more(options(4, "four"));
  ASSERT_TRUE(one && four);
  EXPECT_EQ(one->split.digest, four->split.digest);
  EXPECT_EQ(read_bytes(folder_ / "one/test.jsonl"), read_bytes(folder_ / "four/test.jsonl"));
}

TEST_F(ImportMore, ReplacesItsSplitAndKeepsOthers) {
  ImportOptions train = options();
  train.split = "train";
  ASSERT_TRUE(import_more(train));
  ASSERT_TRUE(import_more(options()));
  ASSERT_TRUE(import_more(options()));
  EXPECT_EQ(read_dataset(folder_ / "out", "train").value().samples.size(), 12U);
  EXPECT_EQ(dataset().samples.size(), 12U);
  EXPECT_FALSE(file_exists(folder_ / "out/images/test.old"));
  EXPECT_FALSE(file_exists(folder_ / "out/images/test.tmp"));
}

TEST_F(ImportMore, CountsThePicturesThatAreMissing) {
  fs::remove(folder_ / "pictures/match.png");
  fs::remove(folder_ / "pictures/prize.png");
  const auto report = import_more(options());
  EXPECT_EQ(error_code(report), ErrorCode::io);
  EXPECT_EQ(error_text(report),
            (folder_ / "pictures").string() +
                ": 2 of 4 pictures are missing, the first is match.png of sample MORE-00002; name "
                "the folder that holds the pictures of this split with --images");
  EXPECT_FALSE(file_exists(folder_ / "out"));
}

TEST_F(ImportMore, LeavesTheOldSplitWhereAPictureIsBroken) {
  ASSERT_TRUE(import_more(options()));
  const std::string before = dataset().digest;
  write_bytes(folder_ / "pictures" / "prize.png", "no picture");
  EXPECT_EQ(error_code(import_more(options())), ErrorCode::bad_data);
  EXPECT_EQ(dataset().digest, before);
  EXPECT_TRUE(file_exists(folder_ / "out" / dataset().samples[11].images[1].path));
  EXPECT_FALSE(file_exists(folder_ / "out/images/test.tmp"));
}

TEST_F(ImportMore, RefusesWhatIsSomebodysOwn) {
  ASSERT_TRUE(import_more(options()));
  ImportOptions other = options();
  other.name = "other";
  EXPECT_EQ(error_text(import_more(other)),
            (folder_ / "out").string() +
                ": expected the dataset other, found more; name another folder with --out");
  write_bytes(folder_ / "mine/test.jsonl", "x");
  EXPECT_EQ(error_code(import_more(options(1, "mine"))), ErrorCode::usage);
  EXPECT_EQ(read_bytes(folder_ / "mine/test.jsonl"), "x");
}

TEST_F(ImportMore, RefusesOptionsThatCannotBe) {
  ImportOptions bad = options();
  bad.split = "../test";
  EXPECT_EQ(error_code(import_more(bad)), ErrorCode::usage);
  bad = options();
  bad.pictures = folder_ / "nowhere";
  EXPECT_EQ(error_text(import_more(bad)),
            "--images: expected a folder, found none at " + (folder_ / "nowhere").string());
  bad = options();
  bad.out.clear();
  EXPECT_EQ(error_code(import_more(bad)), ErrorCode::usage);
  bad = options();
  bad.file = folder_ / "nowhere.txt";
  EXPECT_EQ(error_code(import_more(bad)), ErrorCode::io);
}

}  // namespace
}  // namespace stareval::engine
