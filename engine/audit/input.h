// What an audit looks at: the items of each split, and the files of their pictures.
// The only part of the audit that opens files.
// Thread  reading starts `threads` threads for the pictures and joins them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/audit/item.h"
#include "libstareval/base/result.h"

namespace stareval::engine {

struct PictureFault {
  std::string sample;
  std::string what;  // file, what was expected and found
};

struct AuditSplit {
  std::string name;
  std::vector<AuditItem> items;
  std::vector<std::string> unreadable;  // lines that are no sample: file, line, field
  std::vector<PictureFault> broken_pictures;
  std::size_t pictures = 0;  // files that were read; 0 where none were
};

struct AuditInput {
  std::string name;
  std::vector<AuditSplit> splits;
  bool are_splits = true;          // false: files of M3STR, each with tasks of its own
  std::vector<std::string> notes;  // what was left out: pictures that are not there, fields lost
};

struct AuditSource {
  std::filesystem::path path;       // a dataset folder, a file of M3STR, or a folder of such files
  std::vector<std::string> splits;  // empty: all
  bool open_pictures = true;
  int threads = 1;
};

// A line that is no sample and a picture that is broken are findings, not errors.
// Errors  io, bad_data: dataset.json or a file of M3STR cannot be read. usage: no such split, or
//         neither a dataset nor M3STR.
// Cost    each picture's file is read and digested once.
[[nodiscard]] Result<AuditInput> read_for_audit(const AuditSource& source);

}  // namespace stareval::engine
