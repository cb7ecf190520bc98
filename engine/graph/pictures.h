// Pictures of entities in a folder, found by the entity's id:
//     <id>.png, <id>.jpg, <id>.jpeg, <id>.webp, <id>.svg      the first of these that is there
//     <id>/                                                   its first picture by name
// Ids as file names  Whatever is neither an ASCII letter or digit, nor '-', nor beyond ASCII counts
//            as '_', in the id and in the name of the file, and '_' in front is passed over: the
//            picture of /m/027rn may be m.027rn.jpg, m_027rn.jpg or _m_027rn.jpg. Of an IRI the
//            local name serves too. Two ids that only differ in such signs share a picture.
// Thread  may be shared once built.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>

#include "libstareval/base/result.h"

namespace stareval::engine {

class PictureFolder {
 public:
  // io where the folder cannot be listed. Cost: one listing of the folder.
  [[nodiscard]] static Result<PictureFolder> open(const std::filesystem::path& folder);

  // Empty where there is none. Cost: a look-up; for <id>/ also a listing of it.
  [[nodiscard]] std::filesystem::path find(std::string_view id) const;

 private:
  struct Entry {
    std::filesystem::path path;
    int rank = 0;  // smaller is preferred
  };
  void add(const std::filesystem::directory_entry& entry);

  std::unordered_map<std::string, Entry> entries_;
};

// The form in which an id and the name of a file are compared.
[[nodiscard]] std::string picture_key(std::string_view id);

// Of VisualSem's pictures, which are named by hash: <folder>/<first two digits>/<hash>.jpg. Empty
// where it is not there.
[[nodiscard]] std::filesystem::path find_hashed_picture(const std::filesystem::path& folder,
                                                        std::string_view hash);

}  // namespace stareval::engine
