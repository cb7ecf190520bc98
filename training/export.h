// A split of a dataset as the file that a trainer reads, with the pictures named or copied.
//     DIR/<name>.jsonl        a row a line, in the order of the dataset
//     DIR/dataset_info.json   where the format has one; entries of other files stay
//     DIR/images/...          where pictures are copied
// Checked  Every row is scored by its protocol and gets full marks; the number of <image> tokens is
//          that of the pictures; each picture is there (copied ones have their digest too).
// Files    A row file is put in place whole, once all of it is right; until then, and after an
//          error, what stood there stays. Memory: one sample.
// Thread   one export at a time in a folder.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/protocol/protocol.h"
#include "libstareval/run/registry.h"
#include "training/format.h"

namespace stareval::training {

enum class Pictures {
  relative,  // rows name the dataset's files, by a path from the folder of the export
  absolute,  // by a path from the root
  copy,      // files are copied into the folder of the export
};

[[nodiscard]] Result<Pictures> parse_pictures(std::string_view text);  // usage where it is none

struct ExportOptions {
  const Format* format = nullptr;
  std::filesystem::path dataset;  // folder
  std::string split = "train";
  std::vector<std::string> tasks;  // empty: all that are there
  Mode mode = Mode::direct;
  Pictures pictures = Pictures::relative;
  std::filesystem::path out;
  std::string name;        // of the file, without .jsonl; "": <dataset>_<split>_<mode>
  bool overwrite = false;  // a row file of that name, and pictures of other bytes
};

struct ExportReport {
  std::filesystem::path file;
  std::size_t rows = 0;
  std::size_t escaped = 0;  // rows in which a token of the trainers was rewritten (row.h)
};

// Errors  usage: a file of that name is there; no sample of the tasks; a name that is no file name.
//         bad_data: samples that are no rows, counted by why. Those of reading the dataset. io.
[[nodiscard]] Result<ExportReport> export_split(const Registry& registry,
                                                const ExportOptions& options);

}  // namespace stareval::training
