// A dataset from the files of MORE (libstareval/data/more.h) and the pictures that go with them.
//     <out>/dataset.json, <split>.jsonl, images/<split>/pictures/<img_id>, images/<split>/crops/
// Images   of a sample: the picture, whose bytes are copied as they are, and the part of it that
//          shows the object, as a PNG in the picture's own pixels. Lines with one object share its
//          crop. Rotation by EXIF is not applied, as the boxes are of the pixels as stored.
// Same     bytes for the same files and libraries, with any number of threads.
// No leak  File names hold the picture's name and the number of a line.
// Thread   import_more starts `threads` threads and joins them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "libstareval/base/result.h"
#include "libstareval/data/dataset.h"
#include "libstareval/data/loss_report.h"

namespace stareval::engine {

struct ImportOptions {
  std::filesystem::path file;      // test.txt
  std::filesystem::path pictures;  // folder with the files that img_id names
  std::string split = "test";
  std::string name = "more";  // of the dataset
  std::filesystem::path out;  // folder; made where it is missing
  int threads = 1;
};

struct ImportReport {
  SplitInfo split;
  std::size_t pictures = 0;  // files copied
  std::size_t crops = 0;     // files made
  LossReport loss;
};

// A split of that name which is there already is replaced; others stay.
// Errors  usage: a split or folder that cannot be used, a folder with another dataset. io: a file
//         cannot be read or written; pictures that are missing, with their number. bad_data: a line
//         or a picture is broken. An error leaves what `out` holds as it was.
[[nodiscard]] Result<ImportReport> import_more(const ImportOptions& options);

}  // namespace stareval::engine
