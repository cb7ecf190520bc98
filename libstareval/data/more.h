// The files of MORE (arXiv 2312.09753) as samples: which relation has an object of a picture to an
// entity of the text that goes with it?
//     test.txt   one dict of Python a line (python_literal.h):
//                {'token': ['Lee', 'wins', ...], 'h': {'name': 'Lee', 'pos': [0, 1]},
//                 't': {'name': '[OBJ0]', 'pos': (0.52, 0.5, 0.3, 0.8)}, 'img_id': '....jpg',
//                 'relation': '/per/per/alternate_names'}
// h        the entity of the text: tokens [begin, end).
// t        the object of the picture: centre x and y, width and height as parts of the picture's.
//          Numbers in quotes are read, and noted.
// img_id   the name of the picture's file; each picture goes with one text.
// Sample   task "MORE", the 21 labels as choices, cluster = img_id, group = the structure of the
//          picture: one or several entities x one or several objects, over all lines of the file
//          that name it: "1x1", "1xn", "nx1", "nxn". No images: they are put in where the pictures
//          are read (engine/import_more.h).
// Noted, and kept: labels without their first slash and aliases (more_labels.h); boxes that stick
//          out of their picture, which are cut to it; names that differ from the words at their
//          place; lines that occur again; pairs with two relations.
// Thread   pure functions.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "libstareval/base/result.h"
#include "libstareval/data/loss_report.h"
#include "libstareval/data/sample.h"

namespace stareval {

inline constexpr const char* kMoreTask = "MORE";

// A part of a picture, in parts of its width and height; 0 <= left < right <= 1.
struct RelativeBox {
  double left = 0;
  double top = 0;
  double right = 1;
  double bottom = 1;
};

struct MoreItem {
  Sample sample;        // without images
  std::string picture;  // name of the file
  RelativeBox object;
};

struct MoreFile {
  std::vector<MoreItem> items;  // in the order of the lines
  LossReport loss;
};

// Ids are "MORE-00001", by line. Keys that are not known go into meta. `where` names the file.
// bad_data with line, field, what was expected and found; also where there are no lines.
[[nodiscard]] Result<MoreFile> more_from_text(std::string_view text, const std::string& where,
                                              const std::string& split);

// io, bad_data.
[[nodiscard]] Result<MoreFile> read_more(const std::filesystem::path& file,
                                         const std::string& split);

}  // namespace stareval
