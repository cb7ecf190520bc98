// make_reader() with the text recogniser of the machine.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <thread>

#include "backends/reader/reader.h"
#include "tests/support/errors.h"
#include "tests/support/temp_folder.h"

namespace stareval::reader {
namespace {

// Sets the folder in which Tesseract looks for its data, for as long as it lives.
class DataFolder {
 public:
  explicit DataFolder(const std::string& folder) {
    if (const char* before = std::getenv(kName)) before_ = before;
    ::setenv(kName, folder.c_str(), 1);
  }
  ~DataFolder() {
    if (before_) ::setenv(kName, before_->c_str(), 1);
    else ::unsetenv(kName);
  }
  DataFolder(const DataFolder&) = delete;
  DataFolder& operator=(const DataFolder&) = delete;

 private:
  static constexpr const char* kName = "TESSDATA_PREFIX";
  std::optional<std::string> before_;
};

TEST(MakeReader, NamesItsLibraries) {
  const auto backend = make_reader({});
  ASSERT_FALSE(backend.has_error());
  const json::object identity = (*backend)->identity();
  EXPECT_EQ(identity.at("tesseract").as_string().front(), '5');
  EXPECT_EQ(identity.at("opencv").as_string().front(), '4');
  EXPECT_EQ((*backend)->warnings().empty(), identity.at("accents").as_bool());
}

TEST(MakeReader, NeedsTheDataOfTheTextRecogniser) {
  const stareval::testing::TempFolder empty;
  const DataFolder folder(empty.path().string());
  const auto backend = make_reader({});
  ASSERT_TRUE(backend.has_error());
  EXPECT_EQ(backend.error().code, ErrorCode::io);
  EXPECT_NE(backend.error().message.find("tesseract-ocr-eng"), std::string::npos);
}

// The program that calls it may use OpenMP itself.
TEST(MakeReader, LeavesTheThreadOfTheCallerAsItIs) {
  const auto levels = reinterpret_cast<int (*)()>(dlsym(RTLD_DEFAULT, "omp_get_max_active_levels"));
  if (levels == nullptr) GTEST_SKIP() << "no OpenMP";
  std::thread([levels] {  // a thread on which no other test made an engine
    const int before = levels();
    EXPECT_GT(before, 0);
    EXPECT_FALSE(make_reader({}).has_error());
    EXPECT_EQ(levels(), before);
  })
      .join();
}

}  // namespace
}  // namespace stareval::reader
